using SEAS.Training.Lineage;

namespace SEAS.Web.Live.Lineage;

/// <summary>Links that are shown together: many alike in a row take no more room than one.</summary>
/// <param name="Links">The links; at least one.</param>
internal sealed record ChainGroup(IReadOnlyList<LineageLink> Links)
{
    private const int MostOpen = 3;

    /// <summary>Whether they are folded into one heading.</summary>
    public bool IsFolded => Links.Count > 1;

    /// <summary>A chain's links, those alike and next to each other folded if there are many.</summary>
    public static IReadOnlyList<ChainGroup> Of(LineageChain chain)
    {
        var groups = new List<ChainGroup>();
        var alike = new List<LineageLink>();
        foreach (var link in chain.Links)
        {
            if (alike.Count > 0 && (alike[0].Kind != link.Kind || link.Id == chain.Asked))
            {
                Close();
            }

            alike.Add(link);
        }

        Close();
        return groups;

        void Close()
        {
            groups.AddRange(alike.Count > MostOpen && !alike.Exists(link => link.Id == chain.Asked)
                ? [new ChainGroup([.. alike])]
                : alike.Select(link => new ChainGroup([link])));
            alike.Clear();
        }
    }
}
