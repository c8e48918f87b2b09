using SEAS.Data.Contracts.Review;

namespace SEAS.Data.Review.Files;

/// <summary>How files spell labels.</summary>
internal static class LabelNames
{
    /// <summary>In lower case with underscores: <c>cannot_tell</c>.</summary>
    public static string? Written<T>(T? label)
        where T : struct, Enum =>
        label is null ? null : string.Concat(label.Value.ToString()
            .Select((letter, at) => (char.IsUpper(letter) && at > 0 ? "_" : "") + char.ToLowerInvariant(letter)));

    /// <summary>In whatever case, with spaces, hyphens or nothing between words; null if it is no label of this kind.</summary>
    public static T? Read<T>(string text)
        where T : struct, Enum
    {
        var folded = Folded(text);
        foreach (var label in Enum.GetValues<T>())
        {
            if (Folded(label.ToString()) == folded)
            {
                return label;
            }
        }

        return typeof(T) == typeof(SafetyLabel) && folded is "canttell" or "unsure" ? (T)(object)SafetyLabel.CannotTell : null;
    }

    /// <summary>The labels of a kind, for messages.</summary>
    public static string Choices<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(label => Written<T>(label)));

    /// <summary>True and false as people write them; null if it is neither.</summary>
    public static bool? Truth(string text) => Folded(text) switch
    {
        "true" or "1" or "yes" or "invalid" => true,
        "false" or "0" or "no" => false,
        _ => null,
    };

    private static string Folded(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
