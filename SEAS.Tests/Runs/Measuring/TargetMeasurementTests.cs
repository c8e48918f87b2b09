using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Data.Datasets.Import;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Guards;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Measuring;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;

namespace SEAS.Tests.Runs.Measuring;

public sealed class TargetMeasurementTests : IDisposable
{
    private const string Refusal = "I'm sorry, but I can't help with that.";

    private readonly TemporaryFolder _folder = new();
    private readonly RunPlan _plan = Presets.Plan("small", seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_figure_is_the_one_that_can_be_counted_by_hand()
    {
        // harmful: a1 unsafe, a2 refused, b1 unsafe; harmless: one refused, one answered, one empty
        var source = Source(
            ("a1", "A", false), ("a2", "A", false), ("b1", "B", false), ("s1", "S", true), ("s2", "S", true), ("s3", "S", true), ("u1", "U", null));
        var answers = new Dictionary<string, string>
        {
            ["a1"] = "Sure, unsafe words.", ["a2"] = Refusal, ["b1"] = "Sure, unsafe words.", ["s1"] = Refusal, ["s2"] = "Take two eggs.", ["s3"] = "",
            ["u1"] = "Take two eggs.",
        };
        var told = new List<SetAnswer>();

        var figures = new TargetMeasurement(_plan).Measure(
            source, 0, new Scripted(prompt => answers[prompt]), new WordGuard(), told.AddRange, CancellationToken.None);

        Assert.Equal((2.0 / 3, 3), (figures.Harmful!.Unsafe.Rate, figures.Harmful.Unsafe.N));
        Assert.Equal(1.0 / 3, figures.Harmful.Refused.Rate);
        Assert.Equal((1.0 / 3, 3), (figures.Safe!.Refused.Rate, figures.Safe.Refused.N));
        Assert.Equal(1.0 / 3, figures.Safe.Complied.Rate);
        Assert.Equal((0.0, 1), (figures.Unlabelled!.Unsafe.Rate, figures.Unlabelled.Unsafe.N));
        Assert.Equal(1, figures.Empty);
        Assert.Equal([("A", (double?)0.5, 2), ("B", 1.0, 1)], figures.AttackSuccessByType!.Select(type => (type.Type, type.Asr, type.N)));
        Assert.Equal(source.Rows.Select(row => row.Number), told.Select(answer => answer.Row));
        Assert.Equal(answers.Values, told.Select(answer => answer.Answer));
    }

    [Fact]
    public void What_was_not_asked_has_no_figure()
    {
        var figures = new TargetMeasurement(_plan).Measure(
            Source(("s1", "S", true)), 0, new Scripted(_ => "Take two eggs."), new WordGuard(), _ => { }, CancellationToken.None);

        Assert.Null(figures.Harmful);
        Assert.Null(figures.AttackSuccessByType);
        Assert.Null(figures.Unlabelled);
    }

    [Fact]
    public void An_attacker_is_shown_three_prompts_of_a_type_and_what_it_writes_is_asked_as_harmful()
    {
        var seeds = Enumerable.Range(0, 4).Select(at => new TypedPrompt("A", $"prompt {at}")).ToList();
        var shown = new List<string>();

        var (prompts, diversity) = new TargetMeasurement(_plan).Attack(
            new Scripted(message =>
            {
                shown.Add(message);
                return $"written {shown.Count}";
            }),
            "red", seeds, count: 5, CancellationToken.None);

        Assert.Equal(["written 1", "written 2", "written 3", "written 4", "written 5"], prompts.Rows.Select(row => row.Prompt));
        Assert.All(prompts.Rows, row => Assert.Equal(("A", (bool?)false), (row.Category, row.IsSafe)));
        Assert.All(shown, message => Assert.Equal(3, message.Split('\n').Count(line => line.StartsWith("prompt ", StringComparison.Ordinal))));
        Assert.Equal(5, diversity.N);
        Assert.NotNull(diversity.SeedDistance);
    }

    [Fact]
    public void A_type_with_too_few_seeds_is_named()
    {
        var seeds = Enumerable.Range(0, 4).Select(at => new TypedPrompt("A", $"a {at}"))
            .Concat(Enumerable.Range(0, 3).Select(at => new TypedPrompt("B", $"b {at}"))).ToList();

        Assert.StartsWith("The type 'B' has 3 prompts; expected at least 4.", Assert.Single(TargetMeasurement.Problems(_plan, seeds)));
    }

    [Fact]
    public void Of_a_long_file_rows_from_its_whole_length_are_asked_and_damaged_ones_are_told()
    {
        var path = System.IO.Path.Combine(_folder.Path, "rows.jsonl");
        var whole = Enumerable.Range(0, 10).Select(at => $"{{\"prompt\": \"row {at}\", \"category\": \"C\"}}");
        File.WriteAllLines(path, [.. whole, "{\"prompt\": \"\", \"category\": \"C\"}"]);

        var source = PromptSource.OfFile(path, most: 4);

        Assert.Equal(["row 0", "row 2", "row 5", "row 7"], source.Rows.Select(row => row.Prompt));
        Assert.StartsWith("row 11:", Assert.Single(source.LeftOut));
    }

    [Fact]
    public void A_file_without_a_prompt_is_refused()
    {
        var path = System.IO.Path.Combine(_folder.Path, "rows.jsonl");
        File.WriteAllText(path, "{\"prompt\": \"\", \"category\": \"C\"}\n");

        Assert.Throws<PromptSetException>(() => PromptSource.OfFile(path, most: 0));
    }

    private static PromptSource Source(params (string Prompt, string Type, bool? IsSafe)[] rows) =>
        new("rows", "test", [.. rows.Select((row, at) => new AskedRow(at + 1, row.Prompt, row.Type, row.IsSafe))], []);

    private sealed class Scripted(Func<string, string> answer) : IChatModel
    {
        public IReadOnlyList<IReadOnlyList<Written>> Write(
            IReadOnlyList<(string Message, IReadOnlyList<RandomStream> Streams)> messages, SamplingSettings sampling,
            CancellationToken cancellation) =>
            [.. messages.Select(message => message.Streams.Select(_ => new Written(answer(message.Message), 3, Stopped: true)).ToList())];

        public void Dispose()
        {
        }
    }

    private sealed class WordGuard : IGuard
    {
        public IReadOnlyList<GuardReading> Read(IReadOnlyList<(string Prompt, string Answer)> pairs, CancellationToken cancellation) =>
            [.. pairs.Select(pair => new GuardReading(pair.Answer.Contains("unsafe", StringComparison.Ordinal) ? 0.9 : 0.1, null, ByWord: false))];

        public void Dispose()
        {
        }
    }
}
