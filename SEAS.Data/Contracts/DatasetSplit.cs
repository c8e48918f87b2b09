namespace SEAS.Data.Contracts;

/// <summary>Which side of a split a row is on.</summary>
public enum DatasetSplit
{
    /// <summary>Models learn from it.</summary>
    Train,

    /// <summary>Choices are made by it.</summary>
    Validation,

    /// <summary>Looked at once, in the end.</summary>
    Test,
}
