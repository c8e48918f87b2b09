using System.Text.Json;

namespace SEAS.Tests.Pins;

/// <summary>The members of JSON in their order, and the kind of each value; what the values are is left out.</summary>
internal static class JsonShape
{
    /// <summary>The shape of one value.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().Select(member => $"{member.Name}: {Of(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(" | ", value.EnumerateArray().Select(Of).Distinct().Order(StringComparer.Ordinal))}]",
        JsonValueKind.True or JsonValueKind.False => "truth",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>The shape of JSON text.</summary>
    public static string Of(string json) => Of(JsonElement.Parse(json));

    /// <summary>The different shapes of some texts, a line each.</summary>
    public static IEnumerable<string> All(IEnumerable<string> texts) => texts.Select(Of).Distinct().Order(StringComparer.Ordinal);
}
