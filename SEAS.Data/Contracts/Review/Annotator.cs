namespace SEAS.Data.Contracts.Review;

/// <summary>A person who labels.</summary>
/// <param name="Name">Their name, in all runs.</param>
/// <param name="CreatedUtc">When they were first seen.</param>
/// <param name="Shown">Texts that they have uncovered.</param>
/// <param name="Harmful">Those of them that were harmful.</param>
/// <param name="HarmfulSincePause">Those since their last pause.</param>
/// <param name="KeysJson">Their own keys, as a JSON object; <c>{}</c> if they use the usual ones.</param>
public sealed record Annotator(
    string Name, DateTimeOffset CreatedUtc, long Shown, long Harmful, long HarmfulSincePause, string KeysJson);

/// <summary>One version of what annotators are told.</summary>
/// <param name="Version">From 1.</param>
/// <param name="Text">Markdown.</param>
/// <param name="Author">Who saved it.</param>
/// <param name="AtUtc">When.</param>
public sealed record Guideline(int Version, string Text, string Author, DateTimeOffset AtUtc);
