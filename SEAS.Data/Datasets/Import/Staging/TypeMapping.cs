using SEAS.Data.Contracts;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>Which of the file's types is which of ours.</summary>
internal sealed class TypeMapping
{
    private readonly Dictionary<string, string> _ours;

    private TypeMapping(Dictionary<string, string> ours) => _ours = ours;

    /// <exception cref="StoreException">The profile is not known.</exception>
    public static TypeMapping Of(SetRequest request, TypeProfiles profiles)
    {
        var ours = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (request.TypeProfile is { } name)
        {
            var profile = profiles.Find(name) ?? throw new StoreException(
                $"A profile of types named '{name}' should be saved but is not. There are: {string.Join(", ", profiles.List())}. "
                + "Save one first, or import without it.");
            Add(ours, profile);
        }

        Add(ours, request.Types);
        return new TypeMapping(ours);
    }

    /// <summary>Our type for one of the file's.</summary>
    public string Ours(string found)
    {
        var label = CategoryLabel.Normalize(found);
        return _ours.GetValueOrDefault(label) ?? label;
    }

    private static void Add(Dictionary<string, string> ours, IReadOnlyDictionary<string, string> more)
    {
        foreach (var (found, type) in more)
        {
            ours[CategoryLabel.Normalize(found)] = CategoryLabel.Normalize(type);
        }
    }
}
