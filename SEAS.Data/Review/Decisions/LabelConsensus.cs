using SEAS.Data.Contracts.Review;

namespace SEAS.Data.Review.Decisions;

/// <summary>What several people's standing decisions on one item come to.</summary>
internal sealed class LabelConsensus
{
    private readonly List<Decision> _submissions;
    private readonly int _discards;
    private readonly bool _isGold;

    /// <param name="standing">Each person's decision that stands.</param>
    /// <param name="gold">The lead's, if there is one.</param>
    public LabelConsensus(IReadOnlyCollection<Decision> standing, Decision? gold)
    {
        _isGold = gold is not null;
        _submissions = [.. standing.Where(decision => decision.Kind == DecisionKind.Submit).OrderBy(decision => decision.Id)];
        _discards = standing.Count(decision => decision.Kind == DecisionKind.Discard);
        Deciding = gold is null ? _submissions : [gold];
    }

    /// <summary>The decisions that count: the lead's alone, or all submissions.</summary>
    public IReadOnlyList<Decision> Deciding { get; }

    public int Submissions => _submissions.Count;

    /// <summary>Who needs not be asked again: submissions and discards.</summary>
    public int Votes => _submissions.Count + _discards;

    public ReviewState State(int wanted) =>
        _isGold ? ReviewState.Gold
        : Votes == 0 ? ReviewState.Pending
        : Votes < wanted ? ReviewState.Partial
        : Submissions == 0 ? ReviewState.Discarded
        : _discards > 0 || Differ(answers => answers.Safety) || Differ(answers => answers.Behaviour)
            || Differ(answers => answers.Prompt) || Differ<bool>(answers => answers.Invalid) ? ReviewState.Conflict
        : ReviewState.Agreed;

    /// <summary>Null where nobody can tell, people differ, or nobody was asked.</summary>
    public bool? Unsafe => Alike(answers => answers.Safety) switch
    {
        SafetyLabel.Safe => false,
        SafetyLabel.Unsafe => true,
        _ => null,
    };

    public BehaviourLabel? Behaviour => Alike(answers => answers.Behaviour);

    public PromptLabel? Prompt => Alike(answers => answers.Prompt);

    /// <summary>All of them must say so: a prompt that one person calls invalid stays until a lead decides.</summary>
    public bool Invalid => Deciding.Count > 0 && Deciding.All(decision => decision.Answers.Invalid);

    public string? Corrected =>
        Deciding.LastOrDefault(decision => !string.IsNullOrWhiteSpace(decision.Answers.Corrected))?.Answers.Corrected;

    private T? Alike<T>(Func<LabelAnswers, T?> question)
        where T : struct
    {
        var given = Given(question);
        return given.Count == 1 ? given.Single() : null;
    }

    private bool Differ<T>(Func<LabelAnswers, T?> question)
        where T : struct => Given(question).Count > 1;

    private HashSet<T> Given<T>(Func<LabelAnswers, T?> question)
        where T : struct =>
        [.. Deciding.Select(decision => question(decision.Answers)).Where(answer => answer is not null).Select(answer => answer!.Value)];
}
