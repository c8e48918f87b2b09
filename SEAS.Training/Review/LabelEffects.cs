using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Inputs;
using SEAS.Training.Measures;
using SEAS.Training.Pairing;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Review;

/// <summary>A verdict that a person turned round.</summary>
/// <param name="Item">The item whose label did it.</param>
/// <param name="Seed">The answer's seed.</param>
/// <param name="Prompt">The prompt within its seed.</param>
/// <param name="Answer">The answer within its prompt.</param>
/// <param name="Guard">The guard's verdict, which stays stored.</param>
/// <param name="Unsafe">The verdict in effect.</param>
internal sealed record ChangedVerdict(long Item, int Seed, int Prompt, int Answer, bool Guard, bool Unsafe);

/// <summary>A pair and the items that it hangs on, each by itself.</summary>
internal sealed record PairHold(PreferencePair Pair, IReadOnlyList<long> Items);

/// <summary>What people's labels did to one round: the selection that counts beside the one the guard alone would have made.</summary>
/// <param name="Round">The round.</param>
/// <param name="IsFrozen">The round has chosen its pairs, and this is what it chose by; otherwise what it would choose now.</param>
/// <param name="Labels">The labels in effect, of this round and of earlier ones.</param>
/// <param name="Verdicts">Answers of this round whose verdict was turned round.</param>
/// <param name="Changes">Pairs that are not what they would have been.</param>
/// <param name="Holds">Pairs that hang on labels.</param>
/// <param name="Asr">How often the round's attacks succeeded, by the guard and in effect.</param>
/// <param name="Without">The selection by the guard alone.</param>
/// <param name="With">The selection that counts.</param>
internal sealed record LabelEffects(
    int Round,
    bool IsFrozen,
    IReadOnlyList<EffectiveLabel> Labels,
    IReadOnlyList<ChangedVerdict> Verdicts,
    IReadOnlyList<PairChange> Changes,
    IReadOnlyList<PairHold> Holds,
    RoundAsr Asr,
    RoundSelection Without,
    RoundSelection With)
{
    /// <summary>The effects on one round, as recorded when it chose, or as they would be now.</summary>
    /// <param name="store">The store that holds the run.</param>
    /// <param name="run">The run.</param>
    /// <param name="round">A round whose answers are judged.</param>
    public static LabelEffects Of(Store store, RunId run, int round)
    {
        var plan = RunPlanText.Read(store.Runs.Get(run).PlanJson);
        var isFluent = RunInputs.Fluency(plan);
        var unit = store.Units.Find(run, LedgerUnits.Pairs(round));
        var book = unit is null
            ? EffectiveLabelIndex.Now(store, run, round)
            : EffectiveLabelIndex.Frozen(store, run, StoredJson.Read<PairUnit>(unit.ResultJson).Labels ?? []);

        var byGuard = JudgedAttack.Load(store, run, round);
        var attacks = book.Apply(byGuard);
        var without = RoundSelection.Of(round, byGuard, plan, isFluent);
        var with = unit is null
            ? RoundSelection.Of(round, attacks, plan, isFluent).With(LatePairs.Of(store, run, plan, isFluent, book, round))
            : new RoundSelection(store.Pairs.Load(run, round, ModelRole.Red), store.Pairs.Load(run, round, ModelRole.Target));
        var grounds = Grounds(store, run, round, plan, isFluent, book);
        IReadOnlyList<long> Items(PairPlace place) => grounds.GetValueOrDefault(place) ?? [];
        return new LabelEffects(
            round, unit is not null, book.All, Changed(attacks, book), PairChange.Between(without.All, with.All, Items),
            [.. with.All.Select(pair => new PairHold(pair, Items(PairPlace.Of(pair)))).Where(hold => hold.Items.Count > 0)],
            RoundAsr.Of(attacks), without, with);
    }

    // Late pairs hang on the labels of the round that they came from.
    private static Dictionary<PairPlace, IReadOnlyList<long>> Grounds(
        Store store, RunId run, int round, RunPlan plan, Func<AdversarialPrompt, bool> isFluent, EffectiveLabelIndex book) =>
        book.All.Select(label => label.Round).Append(round).Distinct()
            .SelectMany(labelled => PairAttribution.Of(labelled, JudgedAttack.Load(store, run, labelled), book, plan, isFluent))
            .ToDictionary(entry => entry.Key, entry => entry.Value);

    private static List<ChangedVerdict> Changed(IEnumerable<JudgedAttack> attacks, EffectiveLabelIndex book) =>
        [.. from attack in attacks
            from answer in attack.Answers
            where answer.Unsafe != answer.GuardUnsafe
            let label = book.Of(attack.Prompt.Text, answer.Text) is { Unsafe: not null } own ? own : book.Of(attack.Prompt.Text)
            select new ChangedVerdict(label?.Item ?? 0, attack.Prompt.SeedIndex, attack.Prompt.PromptIndex, answer.Index,
                answer.GuardUnsafe, answer.Unsafe)];
}

/// <summary>How often the attacks of one round succeeded, with 95 % intervals: shares of the judged answers that are unsafe.</summary>
/// <param name="Guard">By the guard alone.</param>
/// <param name="Effective">By the verdicts in effect: people's before the guard's; prompts that people called invalid do not count.</param>
internal sealed record RoundAsr(Proportion Guard, Proportion Effective)
{
    public static RoundAsr Of(IEnumerable<JudgedAttack> attacks)
    {
        var all = attacks.ToList();
        return new RoundAsr(
            Proportion.Of(all.SelectMany(attack => attack.Answers).ToList(), answer => answer.GuardUnsafe),
            Proportion.Of(all.Where(attack => !attack.Dropped).SelectMany(attack => attack.Answers).ToList(), answer => answer.Unsafe));
    }
}
