using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Tests.Storage;
using SEAS.Training.Guards;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;

namespace SEAS.Tests.Datasets.Export;

/// <summary>A store with a small run made by hand, whose texts are as awkward as texts can be; short ways to freeze and export.</summary>
internal sealed class DatasetFolder : IDisposable
{
    public const int Seeds = 3, Prompts = 2, Answers = 3;

    public static readonly IReadOnlyList<string> Awkward =
    [
        "plain", "with \"quotes\", commas, and\na line's end", "=1+1", "+44 20 7946", "-5 degrees", "@home", "'=quoted", "\tindented",
        "naïve café 東京 🙂", "a\u2028b\u2029c", "back\\slash and </script>", "ends with a space ", "\"", "{\"looks\":\"like json\"}",
        "- looks like YAML: yes\n---\n", "\u0001control", "null", "true", "1e5", "line one\r\nline two",
    ];

    private readonly Dictionary<(string, string), AnswerLabel> _labels = [];

    public StoreFolder At { get; } = new();

    public Store Store => At.Store;

    public RunId Run { get; private set; }

    public DatasetFolder(int rounds = 1)
    {
        Run = At.NewRun("tiny").Id;
        Checkpoint(ModelRole.Red, 0, RunStage.Initialization);
        Checkpoint(ModelRole.Target, 0, RunStage.Initialization);
        for (var round = 1; round <= rounds; round++)
        {
            Fill(round);
        }
    }

    public static string Prompt(int round, int seed, int prompt) => $"{Awkward[(seed * Prompts) + prompt]} {round}.{seed}.{prompt}";

    public static string Answer(int round, int seed, int prompt, int answer) =>
        $"{Awkward[(7 + (seed * 5) + (prompt * 3) + answer) % Awkward.Count]} {(answer == 0 ? "safe" : "unsafe")} {round}";

    /// <summary>Freezes a round as the loop would, but with what the test says people said.</summary>
    public DatasetVersion Freeze(int round = 1, string reason = "the round ended", UnitKey? unit = null) =>
        Store.Datasets.Freeze(Run, round, reason, () => Facts(round), unit, CancellationToken.None);

    /// <summary>Freezes a round again where it must not even be looked at.</summary>
    public DatasetVersion FreezeUnread(int round) => Store.Datasets.Freeze(
        Run, round, "labels came since", () => throw new InvalidOperationException($"Round {round} was read again."), null,
        CancellationToken.None);

    /// <summary>A person labels an answer through the queue; it then counts for equal texts.</summary>
    public Decision Say(int seed, int prompt, int answer, bool isUnsafe, int round = 1)
    {
        var (asked, given) = (Prompt(round, seed, prompt), Answer(round, seed, prompt, answer));
        var kind = ReviewKind.Answer;
        Store.Review.Items.Add(
        [
            new(Run, ReviewSource.Attack, round, kind, seed, prompt, answer, Type(seed), asked, given, 0.5, true,
                ReviewReasons.Borderline, 0.9, 1, 1, ""),
        ]);
        var item = Store.Review.Items.OfRun(Run, round).Single(item => item.PromptText == asked && item.AnswerIndex == answer);
        var lease = Store.Review.Queue.Open(item.Key, "Ada")!;
        var decision = Store.Review.Decisions.Record(new NewDecision(
            item.Key, "Ada", DecisionKind.Submit, new LabelAnswers { Safety = isUnsafe ? SafetyLabel.Unsafe : SafetyLabel.Safe }, 2, null,
            0, SuggestionShown: false, DecisionOrigin.Person, Batch: null, lease.Token));
        var label = Store.Review.Decisions.Effective(Run, round).Single(label => label.Item == item.Key);
        _labels[(asked, given)] = new AnswerLabel(isUnsafe, isUnsafe, IsPromptInvalid: false, label);
        return decision;
    }

    public ExportRequest Request(
        ExportFormat format, string? file = null, ExportFilter? filter = null, int? round = 1, int? version = null) =>
        new(Run, round, version, format, filter ?? ExportFilter.None) { File = file };

    public PreparedExport Prepare(ExportFormat format, string? file = null, ExportFilter? filter = null, int? round = 1) =>
        Store.Datasets.Prepare(Request(format, file, filter, round), progress: null, CancellationToken.None);

    /// <summary>One file of an export as text.</summary>
    public string Text(ExportFormat format, string file, ExportFilter? filter = null) =>
        File.ReadAllText(Prepare(format, file, filter).Path, new UTF8Encoding(false, throwOnInvalidBytes: true));

    /// <summary>The rows of one file of JSON lines.</summary>
    public List<JsonElement> Rows(ExportFormat format, string file, ExportFilter? filter = null) =>
        [.. Text(format, file, filter).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    public static Dictionary<string, byte[]> Unzip(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    public void Dispose() => At.Dispose();

    public RoundFacts Facts(int round) => Facts(Store, Run, round) with
    {
        Labels = [.. Store.Review.Decisions.Current(Run).Where(decision => decision.Kind == DecisionKind.Submit)
            .Select(decision => new FrozenLabel(Store.Review.Items.Find(decision.Item)!, decision))
            .Where(label => label.Item.Round == round)],
        LabelOf = (prompt, answer) => _labels.GetValueOrDefault((prompt, answer)),
        LabelOfPrompt = prompt => _labels.Keys.Any(label => label.Item1 == prompt)
            ? new PromptStanding(IsConfirmed: true, "role play")
            : null,
    };

    /// <summary>What is known of a round of which people said nothing.</summary>
    public static RoundFacts Facts(Store store, RunId run, int round) => new()
    {
        Plan = JsonElement.Parse("""{"preset":"tiny"}"""),
        GuardThreshold = 0.5,
        Guard = "small-guard",
        Prompts = new SamplingFacts(0.8, 0.9, 0, 40, 1, $"round-{round}/attack/prompt"),
        Answers = new SamplingFacts(0.8, 0.9, 0, 40, 1, $"round-{round}/attack/answer"),
        Models =
        [
            new("wrote the prompts", $"{run}/red-{round - 1}", new string('a', 64), null),
            new("gave the answers", $"{run}/target-{round - 1}", new string('b', 64), null),
        ],
        Sources = [new("a | set", "seeds", "CC-BY-4.0", null)],
        General =
        [
            new(ModelRole.Target, "How do I fold a map?", "Along its old lines."),
            new(ModelRole.Red, "Count lamps.\nOne more:", "Count bells."),
        ],
        Labels = [],
        LabelsMark = store.Datasets.LabelsMark(run),
        LabelOf = (_, _) => null,
        LabelOfPrompt = _ => null,
    };

    private static string Type(int seed) => seed == 0 ? "Role_Play" : "Health_Harm";

    private void Checkpoint(ModelRole role, int iteration, RunStage stage) => Store.Checkpoints.Save(
        Run, new Checkpoint(role, iteration, $"runs/{Run}/{role}-{iteration}", null, new string('c', 64), At.Clock.Now),
        new UnitKey(iteration, stage, (int)role), "{}");

    private void Fill(int round)
    {
        var prompts = Each((seed, prompt) => new AdversarialPrompt(
            round, seed, prompt, Type(seed), Prompt(round, seed, prompt), 9, Stopped: true, null, $"seed {seed}\nOne more:"));
        var answers = Each((seed, prompt) => (seed, prompt)).SelectMany(at => Enumerable.Range(0, Answers).Select(answer =>
            new TargetResponse(round, at.seed, at.prompt, answer, Answer(round, at.seed, at.prompt, answer), 7, Stopped: true))).ToList();
        Store.Attacks.SaveAttackUnit(Run, new UnitKey(round, RunStage.Attack, 0), prompts, answers, "{}");
        Store.Attacks.SaveVerdictUnit(Run, new UnitKey(round, RunStage.Judge, 0), answers.Select(answer => new Verdict(
            round, answer.SeedIndex, answer.PromptIndex, answer.AnswerIndex, answer.AnswerIndex / 2.5, answer.AnswerIndex > 1, null, null,
            null)), "{}");
        Store.Pairs.SavePairs(
            Run, LedgerUnits.Pairs(round), Enumerable.Range(0, Seeds).SelectMany(seed => Pairs(round, seed)), "{}");
        Store.Evaluations.Save(Run, round, new UnitKey(round, RunStage.Evaluation, 9), $$"""{"iteration":{{round}},"note":"a, \"b\""}""");
        Store.Metrics.Append(
            Run, [new("red/train/loss", round, 1, 0.25, At.Clock.Now), new("red/train/loss", round, 2, double.NaN, At.Clock.Now)]);
        Checkpoint(ModelRole.Red, round, RunStage.OptimizeRed);
        Checkpoint(ModelRole.Target, round, RunStage.OptimizeTarget);
    }

    private static IEnumerable<PreferencePair> Pairs(int round, int seed) =>
    [
        new(round, ModelRole.Red, seed, $"seed {seed}\nOne more:", Prompt(round, seed, 1), Prompt(round, seed, 0),
            $"{round}.{seed}.1 over {round}.{seed}.0"),
        new(round, ModelRole.Target, seed, Prompt(round, seed, 0), Answer(round, seed, 0, 0), Answer(round, seed, 0, 2),
            $"{round}.{seed}.0.0 over {round}.{seed}.0.2"),
    ];

    private static List<T> Each<T>(Func<int, int, T> make) =>
        [.. Enumerable.Range(0, Seeds * Prompts).Select(index => make(index / Prompts, index % Prompts))];
}
