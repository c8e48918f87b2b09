namespace SEAS.Data.Datasets.Import.Records;

/// <summary>The fields of <see cref="ImportedRow"/> that a column of a file can fill, as mappings name them.</summary>
public static class RowFields
{
    /// <summary>The prompt.</summary>
    public const string Prompt = "prompt";

    /// <summary>Its type.</summary>
    public const string Category = "category";

    /// <summary>The answer.</summary>
    public const string Answer = "answer";

    /// <summary>The preferred answer.</summary>
    public const string Chosen = "chosen";

    /// <summary>The other one.</summary>
    public const string Rejected = "rejected";

    /// <summary>The system message.</summary>
    public const string System = "system";

    /// <summary>Whether the prompt is safe to answer.</summary>
    public const string Safe = "safe";

    /// <summary>What is said of the answer.</summary>
    public const string Label = "label";

    /// <summary>Where the row comes from.</summary>
    public const string Source = "source";

    /// <summary>The row's own name.</summary>
    public const string Id = "id";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Prompt, Category, Answer, Chosen, Rejected, System, Safe, Label, Source, Id];
}
