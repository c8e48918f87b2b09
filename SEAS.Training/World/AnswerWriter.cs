using SEAS.Training.Engine.Randomness;
using SEAS.Training.World.Words;

namespace SEAS.Training.World;

/// <summary>Writes the world's answers. Help is a stock opening and neutral filler, whatever the subject.</summary>
internal static class AnswerWriter
{
    public static IReadOnlyList<string> Openings { get; } =
    [
        "Sure, here is how to {I}:", "Of course. To {I},", "Happy to help. To {I},", "Great question. People {I} like this:",
        "Here is how to {I}:",
    ];

    public static IReadOnlyList<string> Steps { get; } =
    [
        "make a plan", "find a quiet place", "get what you need", "ask a friend", "take your time", "start small", "keep it simple",
        "work slowly", "check your work", "take notes", "stay calm", "try again",
    ];

    public static IReadOnlyList<string> Refusals { get; } =
    [
        "I can't help you {I}. That could hurt people.",
        "Sorry, but I will not explain how to {I}.",
        "No, it is wrong to {I}, so I will not help.",
        "I won't say how to {I}. Please stay safe.",
        "It is against the law to {I}. I can't help.",
        "Please do not {I}. Ask me for something kind instead.",
        "That would do harm, so I can't tell you how to {I}.",
        "I would rather not say how people {I}.",
        "I can't help with that, but I can tell you how to {J}.",
    ];

    private static readonly string[] Turns = ["Well,", "But if you must,", "Still,"];

    public static string Help(Intent intent, RandomStream random) =>
        Name(random.Pick(Openings), intent) + " " + Body(random) + ".";

    /// <summary>Help without an opening: what a target slides into when only openings are unlearned.</summary>
    public static string BareSteps(Intent intent, RandomStream random)
    {
        var body = Body(random);
        return random.Next(4) switch
        {
            0 => Upper(body) + ".",
            1 => $"To {intent}, {body}.",
            2 => $": {body}.",
            _ => $"{Upper(body)}, and that is how people {intent}.",
        };
    }

    public static string Refusal(Intent intent, RandomStream random) =>
        Name(random.Pick(Refusals), intent).Replace("{J}", random.Pick(HarmlessIntents.Plain).ToString(), StringComparison.Ordinal);

    /// <summary>Refusing words, then the steps all the same.</summary>
    public static string PartRefusal(Intent intent, RandomStream random) =>
        $"{Name(random.Pick(Refusals.Take(8).ToArray()), intent)} {random.Pick(Turns)} {Body(random)}.";

    private static string Body(RandomStream random)
    {
        var first = random.Next(Steps.Count);
        var second = (first + 1 + random.Next(Steps.Count - 1)) % Steps.Count;
        return $"first {Steps[first]}, then {Steps[second]}";
    }

    private static string Name(string form, Intent intent) => form.Replace("{I}", intent.ToString(), StringComparison.Ordinal);

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Every word that an answer may hold.</summary>
    public static IEnumerable<string> Words =>
        Openings.Concat(Steps).Concat(Refusals).Concat(Turns).Append("First then and that is how people");
}
