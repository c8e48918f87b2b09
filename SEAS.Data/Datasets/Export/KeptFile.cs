using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>A file to be made once and kept for those who take it away.</summary>
/// <param name="Name">Names its content: the same name is the same bytes.</param>
/// <param name="FileName">What to call it.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Write">Makes it at a path where nothing is yet, and says what it became.</param>
internal sealed record KeptFile(string Name, string FileName, string ContentType, Func<string, ManifestFile> Write);
