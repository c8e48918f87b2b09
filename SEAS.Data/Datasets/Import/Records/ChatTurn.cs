namespace SEAS.Data.Datasets.Import.Records;

/// <summary>One message of a conversation.</summary>
/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
/// <param name="Content">What it says.</param>
public sealed record ChatTurn(string Role, string Content);
