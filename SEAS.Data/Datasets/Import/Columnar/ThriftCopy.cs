using System.Buffers;

namespace SEAS.Data.Datasets.Import.Columnar;

/// <summary>Writes a structure again with nothing but the members of a shape, each of the type that it must have.</summary>
/// <param name="target">Takes the bytes.</param>
/// <param name="isStrict">Refuses members without a place in the shape that have parts, instead of leaving them out.</param>
/// <param name="found">Told of each structure as it begins (number 0), and of each whole number or truth in it: shape,
/// number of the member, value.</param>
internal sealed class ThriftCopy(ArrayBufferWriter<byte> target, bool isStrict, Action<ThriftShape, int, long> found)
{
    /// <summary>Copies a structure.</summary>
    /// <exception cref="InvalidDataException">A member is of another type.</exception>
    /// <exception cref="EndOfStreamException">The bytes end within it.</exception>
    public void Struct(ref ThriftReader from, ThriftShape shape)
    {
        found(shape, 0, 0);
        var (last, written) = (0, 0);
        while (from.Field(ref last, out var type))
        {
            if (shape.Member(last) is not { } member)
            {
                Refuse(isStrict && type >= ThriftType.List, last);
                from.Skip(type);
                continue;
            }

            var isTruth = member.Type == ThriftType.True && type == ThriftType.False;
            Refuse(type != member.Type && !isTruth, last);
            Head(last - written, last, type);
            written = last;
            if (member.Type == ThriftType.True)
            {
                found(shape, last, type == ThriftType.True ? 1 : 0);   // the type is the value
                continue;
            }

            Value(ref from, shape, last, member);
        }

        Byte(0);
    }

    private static void Refuse(bool isWrong, int number)
    {
        if (isWrong)
        {
            throw new InvalidDataException(FormattableString.Invariant($"member {number} of a structure in its description is of another type"));
        }
    }

    private void Value(
        ref ThriftReader from, ThriftShape shape, int number, (ThriftType Type, ThriftType Element, ThriftShape? Of) member)
    {
        switch (member.Type)
        {
            case ThriftType.Byte:
                Byte(from.Byte());
                break;
            case ThriftType.I32 or ThriftType.I64:
                var value = from.Varint();
                Varint(value);
                found(shape, number, (long)(value >> 1) ^ -(long)(value & 1));
                break;
            case ThriftType.Binary:
                var length = from.Varint();
                Varint(length);
                target.Write(from.Take(length));
                break;
            case ThriftType.Struct:
                Struct(ref from, member.Of!);
                break;
            case ThriftType.List:
                List(ref from, shape, number, member);
                break;
            default:
                throw new InvalidOperationException($"Shapes have no members of the type {member.Type}.");
        }
    }

    private void List(
        ref ThriftReader from, ThriftShape shape, int number, (ThriftType Type, ThriftType Element, ThriftShape? Of) member)
    {
        var count = from.List(out var element);
        Refuse(count > 0 && element != member.Element, number);
        if (count < 15)
        {
            Byte((byte)((count << 4) | (int)member.Element));
        }
        else
        {
            Byte((byte)(0xF0 | (int)member.Element));
            Varint((ulong)count);
        }

        for (var at = 0; at < count; at++)
        {
            Value(ref from, shape, number, (member.Element, default, member.Of));
        }
    }

    private void Head(int step, int number, ThriftType type)
    {
        if (step <= 15)
        {
            Byte((byte)((step << 4) | (int)type));
        }
        else
        {
            Byte((byte)type);
            Varint((ulong)number << 1);
        }
    }

    private void Byte(byte value)
    {
        target.GetSpan(1)[0] = value;
        target.Advance(1);
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }
}
