namespace SEAS.Data.Datasets.Import.Columnar;

/// <summary>The types of Thrift's compact protocol, as they stand in its bytes.</summary>
internal enum ThriftType
{
    True = 1,
    False = 2,
    Byte = 3,
    I16 = 4,
    I32 = 5,
    I64 = 6,
    Double = 7,
    Binary = 8,
    List = 9,
    Set = 10,
    Map = 11,
    Struct = 12,
}

/// <summary>Reads Thrift's compact protocol from bytes and never past their end, whatever lengths they claim.</summary>
/// <remarks>https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md</remarks>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    private const int DeepestSkip = 16;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>How many bytes were read.</summary>
    public readonly int Position => _at;

    /// <exception cref="EndOfStreamException">The bytes end.</exception>
    public byte Byte() => _at < _bytes.Length ? _bytes[_at++] : throw new EndOfStreamException("it ends within its description");

    /// <summary>A number of variable length, seven bits a byte.</summary>
    /// <exception cref="InvalidDataException">It is longer than ten bytes.</exception>
    public ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number in its description does not end");
    }

    /// <summary>So many bytes.</summary>
    public ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_bytes.Length - _at))
        {
            throw new EndOfStreamException(FormattableString.Invariant($"a text in its description claims {count} bytes, which it does not have"));
        }

        var taken = _bytes.Slice(_at, (int)count);
        _at += (int)count;
        return taken;
    }

    /// <summary>The next member of a structure; false at its end.</summary>
    /// <param name="last">The member before it, 0 at first; becomes this one.</param>
    /// <param name="type">Its type.</param>
    public bool Field(ref int last, out ThriftType type)
    {
        var head = Byte();
        type = (ThriftType)(head & 0x0F);
        if (head == 0)
        {
            return false;
        }

        var next = head >> 4 == 0 ? (int)Math.Min(Varint() >> 1, (ulong)short.MaxValue) : last + (head >> 4);
        if (next <= last)
        {
            throw new InvalidDataException("the members of its description are not in order");
        }

        last = next;
        return true;
    }

    /// <summary>The head of a list: the type of its elements and how many there are; each has at least one byte.</summary>
    public int List(out ThriftType type)
    {
        var head = Byte();
        type = (ThriftType)(head & 0x0F);
        var count = head >> 4 == 15 ? Varint() : (ulong)(head >> 4);
        return count <= (ulong)(_bytes.Length - _at)
            ? (int)count
            : throw new EndOfStreamException(FormattableString.Invariant($"a list in its description claims {count} elements, which it does not have"));
    }

    /// <summary>Passes over a value.</summary>
    /// <exception cref="InvalidDataException">It is nested too deep, or of no known type.</exception>
    public void Skip(ThriftType type, int depth = 0)
    {
        if (depth > DeepestSkip)
        {
            throw new InvalidDataException(FormattableString.Invariant($"its description is nested deeper than {DeepestSkip} levels"));
        }

        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                break;
            case ThriftType.Byte:
                Byte();
                break;
            case ThriftType.I16 or ThriftType.I32 or ThriftType.I64:
                Varint();
                break;
            case ThriftType.Double:
                Take(sizeof(double));
                break;
            case ThriftType.Binary:
                Take(Varint());
                break;
            case ThriftType.List or ThriftType.Set:
                SkipList(depth);
                break;
            case ThriftType.Struct:
                for (var last = 0; Field(ref last, out var member);)
                {
                    Skip(member, depth + 1);
                }

                break;
            default:
                throw new InvalidDataException(FormattableString.Invariant($"its description has a value of the unknown type {(int)type}"));
        }
    }

    private void SkipList(int depth)
    {
        for (var left = List(out var element); left > 0; left--)
        {
            // Truths have a byte of their own in lists.
            Skip(element is ThriftType.True or ThriftType.False ? ThriftType.Byte : element, depth + 1);
        }
    }
}
