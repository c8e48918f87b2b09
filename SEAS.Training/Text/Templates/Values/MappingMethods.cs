namespace SEAS.Training.Text.Templates.Values;

/// <summary>What can be called on a mapping.</summary>
internal static class MappingMethods
{
    /// <summary>A method bound to a mapping, or null if mappings have none of that name.</summary>
    public static Func<CallValues, object?>? Find(Dictionary<string, object?> mapping, string name) => name switch
    {
        "items" => _ => Items(mapping),
        "keys" => _ => mapping.Keys.Select(object? (key) => TemplateText.Own(key)).ToList(),
        "values" => _ => mapping.Values.ToList(),
        "get" => call => mapping.TryGetValue(call.Text(0, "key").Value, out var value) ? value : call.Get(1, "default"),
        _ => null,
    };

    /// <summary>Its keys and values, as lists of two.</summary>
    public static List<object?> Items(Dictionary<string, object?> mapping) =>
        [.. mapping.Select(object? (pair) => new List<object?> { TemplateText.Own(pair.Key), pair.Value })];
}
