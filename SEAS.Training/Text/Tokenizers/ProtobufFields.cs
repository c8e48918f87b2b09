using System.Buffers.Binary;
using System.Text;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>One field of a message in the protocol-buffers encoding.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Value">A number's value; of 32 and 64 bits as they lie there.</param>
/// <param name="Bytes">The bytes of a text or an inner message.</param>
internal readonly record struct ProtobufField(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The bytes as text.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>The value as a number of 32 bits with a point.</summary>
    public float Single => BitConverter.UInt32BitsToSingle((uint)Value);
}

/// <summary>Reads the fields of a message, one level deep.</summary>
internal static class ProtobufFields
{
    /// <summary>The fields in the order of the file.</summary>
    /// <exception cref="InvalidDataException">The message ends within a field or has one of an unknown kind.</exception>
    public static IEnumerable<ProtobufField> Of(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    yield return new ProtobufField(number, Varint(message, ref at), default);
                    break;
                case 1:
                    yield return new ProtobufField(number, BinaryPrimitives.ReadUInt64LittleEndian(Take(message, ref at, 8).Span), default);
                    break;
                case 2:
                    var length = Varint(message, ref at);
                    yield return new ProtobufField(number, 0, Take(message, ref at, length));
                    break;
                case 5:
                    yield return new ProtobufField(number, BinaryPrimitives.ReadUInt32LittleEndian(Take(message, ref at, 4).Span), default);
                    break;
                case var kind:
                    throw new InvalidDataException($"field {number} at byte {at} has the unknown kind {kind}");
            }
        }
    }

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> message, ref int at, ulong length)
    {
        if (length > (ulong)(message.Length - at))
        {
            throw new InvalidDataException($"a field at byte {at} claims {length} bytes, and {message.Length - at} are left");
        }

        var bytes = message.Slice(at, (int)length);
        at += (int)length;
        return bytes;
    }

    private static ulong Varint(ReadOnlyMemory<byte> message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(message, ref at, 1).Span[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException($"a number before byte {at} has more than 64 bits");
    }
}
