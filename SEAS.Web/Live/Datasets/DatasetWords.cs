using System.Globalization;
using SEAS.Data.Contracts;

namespace SEAS.Web.Live.Datasets;

/// <summary>Datasets in words and figures.</summary>
public static class DatasetWords
{
    private const int ShownOfChecksum = 12;

    /// <summary>1234567 → 1,234,567.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>One row, 12 rows.</summary>
    public static string Rows(long rows) => rows == 1 ? "1 row" : $"{Count(rows)} rows";

    /// <summary>A length in B, KiB, MiB or GiB.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => $"{bytes}\u202fB",
        < 1 << 20 => $"{Units.Number(bytes / 1024.0, 1)}\u202fKiB",
        _ => Units.Memory(bytes / 1048576.0),
    };

    /// <summary>A checksum's beginning.</summary>
    public static string Short(string sha256) => sha256.Length > ShownOfChecksum ? $"{sha256[..ShownOfChecksum]}…" : sha256;

    /// <summary>What a set is for.</summary>
    public static string Use(DatasetPurpose purpose) => purpose switch
    {
        DatasetPurpose.Seeds => "seed prompts for R",
        DatasetPurpose.Instructions => "general rows for T",
        DatasetPurpose.Preferences => "preference pairs",
        DatasetPurpose.Evaluation => "evaluation",
        DatasetPurpose.Labels => "labels by people",
        _ => purpose.ToString(),
    };

    /// <summary>How a set is used on the command line; null where nothing takes it yet.</summary>
    public static string? Command(DatasetPurpose purpose, string name) => purpose switch
    {
        DatasetPurpose.Seeds => $"./seas run --seeds {name}",
        DatasetPurpose.Instructions => $"./seas run --instructions {name}",
        _ => null,
    };
}
