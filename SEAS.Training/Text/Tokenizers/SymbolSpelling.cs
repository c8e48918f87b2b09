using System.Buffers;
using System.Globalization;
using System.Text;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>Spells a piece of text in the symbols that merging starts from: bytes, or characters with bytes to fall back on.</summary>
internal sealed class SymbolSpelling
{
    private readonly BpeModel _model;
    private readonly bool _byteLevel;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;
    private readonly int[] _byteIds = new int[256];
    private readonly int? _unknown;

    /// <param name="model">The vocabulary.</param>
    /// <param name="byteLevel">Whether symbols are bytes.</param>
    /// <param name="steering">Tokens that no text spells, whatever it says.</param>
    public SymbolSpelling(BpeModel model, bool byteLevel, IReadOnlySet<int> steering)
    {
        var ids = model.Vocabulary.Where(token => token.Key == model.Unknown || !steering.Contains(token.Value))
            .ToDictionary(StringComparer.Ordinal);
        _model = model;
        _byteLevel = byteLevel;
        _ids = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _unknown = model.Unknown is { } unknown && ids.TryGetValue(unknown, out var id) ? id : null;
        for (var value = 0; value < 256; value++)
        {
            var name = byteLevel
                ? ByteAlphabet.CharacterOf((byte)value).ToString()
                : string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>");
            _byteIds[value] = ids.GetValueOrDefault(name, -1);
        }
    }

    /// <summary>The piece as one token, where the vocabulary says that whole words come before merges.</summary>
    public int? Whole(ReadOnlySpan<char> piece)
    {
        if (!_model.IgnoreMerges)
        {
            return null;
        }

        var word = _byteLevel ? ByteAlphabet.Write(Encoding.UTF8.GetBytes(piece.ToString())) : piece.ToString();
        return _ids.TryGetValue(word, out var id) && id != _unknown ? id : null;
    }

    /// <summary>Appends the symbols of a piece.</summary>
    public void Spell(ReadOnlySpan<char> piece, List<int> symbols)
    {
        Span<byte> four = stackalloc byte[4];
        while (!piece.IsEmpty)
        {
            // A lone half of a surrogate pair arrives here as U+FFFD.
            var valid = Rune.DecodeFromUtf16(piece, out var rune, out var width) == OperationStatus.Done;
            var bytes = four[..rune.EncodeToUtf8(four)];
            if (!_byteLevel && valid && _ids.TryGetValue(piece[..width], out var id) && id != _unknown)
            {
                symbols.Add(id);
            }
            else if (_byteLevel || (_model.ByteFallback && AllKnown(bytes)))
            {
                foreach (var value in bytes)
                {
                    Add(_byteIds[value], symbols);
                }
            }
            else
            {
                Add(-1, symbols);
            }

            piece = piece[width..];
        }
    }

    private bool AllKnown(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (_byteIds[value] < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds a symbol; what the vocabulary lacks becomes the unknown token, or nothing where there is none.</summary>
    private void Add(int id, List<int> symbols)
    {
        if (id >= 0)
        {
            symbols.Add(id);
        }
        else if (_unknown is { } unknown && !(_model.FuseUnknown && symbols.Count > 0 && symbols[^1] == unknown))
        {
            symbols.Add(unknown);
        }
    }
}
