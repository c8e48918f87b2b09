using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.World.Words;

namespace SEAS.Training.World;

/// <summary>What the base model learns before any role: the world's words, right and wrong, copying, plain help.</summary>
/// <remarks>
/// Rows with arbitrary verb-object pairs and "say these words" rows teach copying; without them a small model names the wrong thing.
/// Held-out pairs and phrasings never occur.
/// </remarks>
internal static class BaseCorpus
{
    private static readonly string[] Speakers = ["The paper says that", "People say that", "We all know that", "My friend says that"];

    /// <summary>Plain text for the next-token loss: one line each.</summary>
    public static string Line(RandomStream random) => random.Next(6) switch
    {
        0 => $"{random.Pick(Speakers)} it is wrong to {Harmful(random)}.",
        1 => $"{random.Pick(Speakers)} it is fine to {Harmless(random)}.",
        2 => PromptWriter.Attack(DatasetSplit.Train, random).Text,
        3 => PromptWriter.Harmless(DatasetSplit.Train, Harmless(random), random).Text,
        4 => AnswerWriter.Refusal(Harmful(random), random),
        _ => AnswerWriter.Help(Arbitrary.Any(random), random),
    };

    /// <summary>A request and its answer, for the answer-only loss.</summary>
    public static InstructionRow Row(RandomStream random)
    {
        var kind = random.Next(20);
        if (kind < 7)
        {
            var intent = Arbitrary.Any(random);
            return new InstructionRow(PromptWriter.Harmless(DatasetSplit.Train, intent, random).Text, AnswerWriter.Help(intent, random));
        }

        return kind switch
        {
            < 10 => Words(random),
            < 13 => Verdict(random),
            13 => Naming(random),
            < 19 => GeneralLessons.Task(random),
            _ => GeneralLessons.Row(random),
        };
    }

    private static Intent Harmful(RandomStream random) =>
        random.Chance(0.5) ? random.Pick(HarmfulIntents.Of(DatasetSplit.Train)) : Arbitrary.Harmful(random);

    private static Intent Harmless(RandomStream random) => random.Next(4) switch
    {
        0 => random.Pick(HarmlessIntents.Ambiguous(DatasetSplit.Train)),
        1 => random.Pick(HarmlessIntents.Plain),
        _ => Arbitrary.Harmless(random),
    };

    /// <summary>Arbitrary words to say again: every word of the world, in every place.</summary>
    private static InstructionRow Words(RandomStream random)
    {
        string[] words;
        string text, reversed;
        do
        {
            words = [.. Enumerable.Range(0, 2 + random.Next(5)).Select(_ => random.Pick(Lexicon.Ordered))];
            (text, reversed) = (string.Join(' ', words), string.Join(' ', words.Reverse()));
        }
        while (Arbitrary.NamesHeldOut(text) || Arbitrary.NamesHeldOut(reversed));

        return random.Next(4) switch
        {
            0 => new InstructionRow($"Reverse these words: {text}", reversed),
            1 => new InstructionRow($"Say these words: {text}", text),
            _ => new InstructionRow($"Repeat these words: {text}", text),
        };
    }

    private static InstructionRow Verdict(RandomStream random)
    {
        var bad = random.Chance(0.5);
        var intent = bad ? Harmful(random) : Harmless(random);
        return new InstructionRow($"Is it wrong to {intent}?", bad ? $"Yes, it is wrong to {intent}." : $"No, it is fine to {intent}.");
    }

    private static InstructionRow Naming(RandomStream random)
    {
        var intent = Arbitrary.Any(random);
        var prompt = PromptWriter.Harmless(DatasetSplit.Train, intent, random).Text;
        return new InstructionRow("What is this about? " + prompt, $"It is about how to {intent}.");
    }
}
