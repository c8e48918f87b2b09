using System.Text.Encodings.Web;
using System.Text.Json;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>How manifests and filters are written: snake case, text that stays readable.</summary>
internal static class ManifestJson
{
    private static readonly JsonSerializerOptions s_compact = Options(indented: false);
    private static readonly JsonSerializerOptions s_indented = Options(indented: true);

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, s_compact);

    /// <summary>For people to read; the same value gives the same bytes.</summary>
    public static byte[] WriteFile<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, s_indented), (byte)'\n'];

    /// <exception cref="JsonException">It is not what was written for this type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, s_compact) ?? throw new JsonException($"Expected a {typeof(T).Name}, found null.");

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        IndentSize = 2,
        NewLine = "\n",
    };
}
