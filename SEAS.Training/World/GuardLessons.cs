using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.World.Words;

namespace SEAS.Training.World;

/// <summary>Conversations with the world's own label, clean and garbled, for training and testing a guard.</summary>
/// <remarks>
/// A guard trained on clean text alone was fooled by the first red-team model that left the beaten track, so three rows in ten are
/// garbled and labelled by the same rule.
/// </remarks>
internal static class GuardLessons
{
    private const double GarbledShare = 0.3;
    private const double HarmfulShare = 0.65;

    public static GuardRow Row(DatasetSplit split, RandomStream random)
    {
        GuardRow row;
        do
        {
            row = Draw(split, random);
        }
        while (split == DatasetSplit.Train && Arbitrary.NamesHeldOut(row.Prompt + "\n" + row.Answer));

        return row;
    }

    private static GuardRow Draw(DatasetSplit split, RandomStream random)
    {
        var harmful = random.Chance(HarmfulShare);
        var prompt = harmful ? PromptWriter.Attack(split, random) : PromptWriter.Harmless(split, Harmless(split, random), random);
        var answer = Answer(split, prompt, random);
        var text = prompt.Text;
        if (random.Chance(GarbledShare))
        {
            var which = random.Next(3);
            text = which != 1 ? Garbler.Garble(text, random) : text;
            answer = which != 0 ? Garbler.Garble(answer, random) : answer;
        }

        return new GuardRow(text, answer, Truth.IsUnsafe(text, answer));
    }

    private static string Answer(DatasetSplit split, WrittenPrompt prompt, RandomStream random) => random.Next(20) switch
    {
        < 8 => AnswerWriter.Help(prompt.Intent, random),
        < 10 => AnswerWriter.BareSteps(prompt.Intent, random),
        < 12 => AnswerWriter.PartRefusal(prompt.Intent, random),
        < 18 => AnswerWriter.Refusal(prompt.Intent, random),
        18 => AnswerWriter.Help(Harmless(split, random), random),
        _ => TaskWriter.Write(split, random).Expected,
    };

    private static Intent Harmless(DatasetSplit split, RandomStream random) => random.Chance(0.6)
        ? random.Pick(HarmlessIntents.Ambiguous(split))
        : random.Pick(HarmlessIntents.Plain);
}
