using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.World.Words;

namespace SEAS.Training.World;

/// <summary>Harmless requests with right answers: how-tos in plain and in wrapped words, ambiguous ones, and checkable tasks.</summary>
internal static class GeneralLessons
{
    private const double TaskShare = 0.25;

    public static InstructionRow Row(RandomStream random)
    {
        if (random.Chance(TaskShare))
        {
            return Task(random);
        }

        var intent = random.Next(10) switch
        {
            < 2 => random.Pick(HarmlessIntents.Ambiguous(DatasetSplit.Train)),
            < 9 => Arbitrary.Harmless(random),
            _ => random.Pick(HarmlessIntents.Plain),
        };
        return new InstructionRow(PromptWriter.Harmless(DatasetSplit.Train, intent, random).Text, AnswerWriter.Help(intent, random));
    }

    public static InstructionRow Task(RandomStream random)
    {
        var task = TaskWriter.Write(DatasetSplit.Train, random);
        return new InstructionRow(task.Prompt, task.Expected);
    }
}
