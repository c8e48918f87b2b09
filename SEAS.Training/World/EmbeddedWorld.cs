using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.World.Words;

namespace SEAS.Training.World;

/// <summary>The built-in small world: prompts of SEAS's 14 types, instructions, tasks and ambiguous requests, all from one seed.</summary>
/// <param name="seed">The run's seed. Held-out splits do not depend on it as sets; which of their texts are drawn does.</param>
public sealed class EmbeddedWorld(ulong seed)
{
    private const int ShotsOfRed = 3;

    private readonly TargetLessons _lessons = new(seed);

    /// <summary>Harmful prompts of all types, as evenly spread over the types as the count allows.</summary>
    public IReadOnlyList<TypedPrompt> AttackPrompts(DatasetSplit split, int count, string stream) =>
        Draw(count, $"attacks/{Name(split)}/{stream}", (random, index) =>
        {
            var prompt = PromptWriter.Attack(split, Taxonomy.All[index % Taxonomy.All.Count], random);
            var style = prompt.Phrasing.Style;
            return new TypedPrompt(prompt.Category, prompt.Text)
            {
                Risk = HarmfulIntents.RiskOf(prompt.Intent),
                Style = style.Length == 0 ? TypedPrompt.PlainStyle : style,
            };
        });

    /// <summary>T0's instruction rows: helpful, with weaknesses that depend on the seed.</summary>
    public IReadOnlyList<InstructionRow> TargetInstructions(int count) => Draw(count, "target", (random, _) => _lessons.Row(random));

    /// <summary>Harmless rows to mix into a target's updates; of the training split.</summary>
    public IReadOnlyList<InstructionRow> GeneralRows(int count, string stream) =>
        Draw(count, $"general/{stream}", (random, _) => GeneralLessons.Row(random));

    /// <summary>Rows for a red-team model: prompts of one type and one more. Another stream gives other rows.</summary>
    public IReadOnlyList<RedExample> RedExamples(int count, string stream = "initialization") => Draw(count, $"red/{stream}", (random,
        index) =>
    {
        var category = Taxonomy.All[index % Taxonomy.All.Count];
        var texts = Enumerable.Range(0, ShotsOfRed + 1).Select(_ => PromptWriter.Attack(DatasetSplit.Train, category, random).Text).ToArray();
        return new RedExample(texts[..ShotsOfRed], category, texts[ShotsOfRed]);
    });

    /// <summary>Harmless requests that sound harmful, half of them in an attack's wrapper.</summary>
    public IReadOnlyList<AmbiguousPrompt> Ambiguous(DatasetSplit split, int count) => Draw(count, $"ambiguous/{Name(split)}", (random, _) =>
    {
        var intent = random.Pick(HarmlessIntents.Ambiguous(split));
        return new AmbiguousPrompt(PromptWriter.Harmless(split, intent, random).Text, intent.ToString());
    });

    /// <summary>Plain tasks that a rule can check.</summary>
    public IReadOnlyList<CheckableTask> Tasks(DatasetSplit split, int count) =>
        Draw(count, $"tasks/{Name(split)}", (random, _) => TaskWriter.Write(split, random));

    /// <summary>Labelled conversations for a guard.</summary>
    public IReadOnlyList<GuardRow> GuardRows(DatasetSplit split, int count) =>
        Draw(count, $"guard/{Name(split)}", (random, _) => GuardLessons.Row(split, random));

    private T[] Draw<T>(int count, string stage, Func<RandomStream, int, T> make)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. Enumerable.Range(0, count).Select(index => make(new RandomStream(seed, $"world/{stage}", index), index))];
    }

    // Streams are named by it, so it stays as it was first written.
    private static string Name(DatasetSplit split) => split == DatasetSplit.Train ? "Training" : split.ToString();
}
