using SEAS.Training.Engine.Models;

namespace SEAS.Training.Engine.Recipes;

/// <summary>Fits examples to the longest sequence that a training takes.</summary>
/// <remarks>
/// A long prompt loses its beginning, because what stands next to the answer explains it; a long answer loses its end, because what is
/// cut there changes no prediction before it. The prompt gives way first, down to half of the room.
/// </remarks>
internal static class Truncation
{
    /// <summary>The room for one sequence: the setting, or as much as the model reads.</summary>
    public static int Room(TrainingSettings settings, LlamaConfig model) =>
        settings.MaxLength == 0 ? model.MaxPositions : Math.Min(settings.MaxLength, model.MaxPositions);

    /// <summary>Fits a prompt and its answer into the room.</summary>
    public static SftExample Fit(SftExample example, int room)
    {
        var prompt = FitPrompt(example.Prompt, example.Answer.Length, room);
        return example with { Prompt = prompt, Answer = FitAnswer(example.Answer, prompt.Length, room) };
    }

    /// <summary>Fits a pair into the room; both answers keep the same prompt.</summary>
    public static PreferenceExample Fit(PreferenceExample pair, int room)
    {
        var prompt = FitPrompt(pair.Prompt, Math.Max(pair.Chosen.Length, pair.Rejected.Length), room);
        return new PreferenceExample(prompt, FitAnswer(pair.Chosen, prompt.Length, room), FitAnswer(pair.Rejected, prompt.Length, room));
    }

    private static int[] FitPrompt(int[] prompt, int answerLength, int room)
    {
        var kept = Math.Min(prompt.Length, Math.Max(room - answerLength, room / 2));
        return kept == prompt.Length ? prompt : prompt[^kept..];
    }

    private static int[] FitAnswer(int[] answer, int promptLength, int room) =>
        answer.Length <= room - promptLength ? answer : answer[..(room - promptLength)];
}
