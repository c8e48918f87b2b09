namespace SEAS.Data.Datasets.Import.Sources;

/// <summary>The encodings that are read.</summary>
internal enum TextEncoding
{
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
}

/// <summary>Tells an encoding from the first bytes.</summary>
internal static class EncodingDetection
{
    /// <summary>The encoding, and how many bytes of a byte order mark there are.</summary>
    /// <exception cref="SourceFault">It is one that is not read.</exception>
    public static (TextEncoding Encoding, int MarkLength) Of(ReadOnlySpan<byte> beginning) => beginning switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (TextEncoding.Utf8, 3),
        [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => throw new SourceFault(
            "text in UTF-8 or UTF-16", "text in UTF-32", "Save the file as UTF-8."),
        [0xFF, 0xFE, ..] => (TextEncoding.Utf16LittleEndian, 2),
        [0xFE, 0xFF, ..] => (TextEncoding.Utf16BigEndian, 2),
        // Without a mark: letters and signs of the first half of Latin have a null byte on one side.
        [not 0, 0, not 0, 0, ..] => (TextEncoding.Utf16LittleEndian, 0),
        [0, not 0, 0, not 0, ..] => (TextEncoding.Utf16BigEndian, 0),
        _ => (TextEncoding.Utf8, 0),
    };
}
