using System.Text.Json;
using System.Text.RegularExpressions;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>Lists of messages that a program wrote into one text: as JSON, which is read, or as Python's repr, which is refused.</summary>
/// <remarks>Tables hold texts alone, so what had lists in it comes out like this. Taken for a text, a model would learn brackets.</remarks>
internal static partial class WrittenMessages
{
    /// <summary>Whether a text is a list of messages, or one message, in JSON's or Python's writing.</summary>
    public static bool Is(string? text) =>
        text is { Length: > 12 } && Begins().IsMatch(text) && (HasBoth(text, "role", "content") || HasBoth(text, "from", "value"));

    /// <summary>The messages of such a text.</summary>
    /// <exception cref="RowFault">It is no JSON.</exception>
    public static JsonElement Read(string text, string column)
    {
        try
        {
            using var document = JsonText.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new RowFault(
                column,
                "expected a text or a list of messages, found messages written as text (as Python prints them, or cut short); "
                + "write the list as JSON, or save the file as JSON lines or Parquet");
        }
    }

    private static bool HasBoth(string text, string first, string second) => HasName(text, first) && HasName(text, second);

    private static bool HasName(string text, string name) =>
        text.Contains($"'{name}':", StringComparison.Ordinal) || text.Contains($"\"{name}\":", StringComparison.Ordinal)
        || text.Contains($"\"{name}\" :", StringComparison.Ordinal);

    [GeneratedRegex(
        @"\A\s*(array\()?[\[(]?\s*\{\s*['""](role|content|from|value|name|weight|tool_calls)['""]\s*:",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Begins();
}
