using SEAS.Data.Storage;

namespace SEAS.Data.Review.Files;

/// <summary>Moves labels: out into files, in from files, and from one run to another.</summary>
public sealed class LabelStore
{
    internal LabelStore(SqliteConnections connections, ReviewStore review)
    {
        Import = new LabelImport(connections, review);
        Export = new LabelExport(review);
        Carry = new LabelCarry(connections, review);
    }

    /// <summary>In from files.</summary>
    public LabelImport Import { get; }

    /// <summary>Out into files.</summary>
    public LabelExport Export { get; }

    /// <summary>From one run to another.</summary>
    public LabelCarry Carry { get; }
}
