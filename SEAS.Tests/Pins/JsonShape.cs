using System.Text.Json;
using SEAS.Data.Contracts;

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

    /// <summary>
    /// The members of some objects taken together, a line each: a member that one of them leaves out, because it is not known yet, is
    /// there all the same. Objects without any member in common are told apart.
    /// </summary>
    public static IEnumerable<string> All(IEnumerable<string> texts)
    {
        var groups = new List<List<JsonProperty>>();
        foreach (var members in texts.Select(text => JsonElement.Parse(text).EnumerateObject().ToList())
            .OrderByDescending(members => members.Count).ThenBy(members => string.Join(' ', members.Select(member => member.Name)), StringComparer.Ordinal))
        {
            var known = groups.Find(group => members.TrueForAll(member => group.Exists(other => other.Name == member.Name)));
            if (known is null)
            {
                groups.Add(members);
            }
        }

        return groups.Select(group => $"{{{string.Join(", ", group.Select(member => $"{member.Name}: {Of(member.Value)}"))}}}")
            .Distinct().Order(StringComparer.Ordinal);
    }
}
