namespace SEAS.Data.Datasets.Import.Sources;

/// <summary>The checksum of zip files (ISO 3309; polynomial 0x04C11DB7, reflected).</summary>
internal struct Crc32()
{
    private const uint Reflected = 0xEDB88320;

    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(start =>
    {
        var value = (uint)start;
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Reflected;
        }

        return value;
    })];

    private uint _state = uint.MaxValue;

    /// <summary>The checksum of all bytes so far.</summary>
    public readonly uint Value => ~_state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        foreach (var one in bytes)
        {
            state = (state >> 8) ^ s_table[(byte)(state ^ one)];
        }

        _state = state;
    }
}
