using SEAS.Training.Text.PreTokenizers;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>SentencePiece's <c>tokenizer.model</c> with byte-pair pieces, as Llama 1 and 2, Mistral and TinyLlama come with.</summary>
/// <remarks>
/// A message with pieces (1: text 1, score 2, type 3), how it was trained (2: kind of model 3, byte fallback 35, ids 40 to 42) and how text
/// is normalized (3: character map 2, dummy prefix 3, no extra white space 4). The pair whose piece has the highest score is merged first.
/// </remarks>
internal sealed class SentencePieceModel
{
    private const string Space = "▁";
    private const int BytePairs = 2;

    private enum PieceType
    {
        Normal = 1,
        Unknown = 2,
        Control = 3,
        UserDefined = 4,
        Unused = 5,
        Byte = 6,
    }

    private readonly string _path;
    private readonly List<(string Text, float Score, PieceType Type)> _pieces = [];
    private readonly Dictionary<int, ulong> _training = [];
    private readonly Dictionary<int, ulong> _normalization = [];
    private bool _mapsCharacters;

    private SentencePieceModel(byte[] file, string path)
    {
        _path = path;
        try
        {
            foreach (var field in ProtobufFields.Of(file))
            {
                ReadField(field);
            }
        }
        catch (InvalidDataException error)
        {
            throw Wrong("a SentencePiece model", error.Message, error);
        }
    }

    /// <summary>What the file says.</summary>
    /// <exception cref="InvalidDataException">It is damaged or holds another kind of model.</exception>
    public static TokenizerDefinition Read(byte[] file, string path, TokenizerConfig config) =>
        new SentencePieceModel(file, path).Define(config);

    private TokenizerDefinition Define(TokenizerConfig config)
    {
        Check();
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; id < _pieces.Count; id++)
        {
            if (!vocabulary.TryAdd(_pieces[id].Text, id))
            {
                throw Wrong("each piece once", $"'{_pieces[id].Text}' twice");
            }
        }

        var made = _pieces.Where(piece => piece.Type is PieceType.Normal or PieceType.Unused)
            .OrderByDescending(piece => piece.Score).Select(piece => piece.Text);
        var unknown = _pieces.FirstOrDefault(piece => piece.Type == PieceType.Unknown).Text;
        var model = new BpeModel(
            vocabulary, PieceMerges.Of(made, vocabulary), unknown, FuseUnknown: true, ByteFallback: _training.GetValueOrDefault(35) != 0,
            IgnoreMerges: false) { RanksByResult = true };
        var bos = config.TokenName("bos_token") ?? NameOf(41, 1);
        var eos = config.TokenName("eos_token") ?? NameOf(42, 2);
        var prefixed = _normalization.GetValueOrDefault(3, 1UL) != 0;
        List<NormalizerStep> normalizer = [new NormalizerStep(NormalizerKind.Replace, " ", Space)];
        if (prefixed)
        {
            normalizer.Insert(0, new NormalizerStep(NormalizerKind.Prepend, Content: Space));
        }

        if (_normalization.GetValueOrDefault(4, 1UL) != 0)
        {
            normalizer.Insert(0, new NormalizerStep(NormalizerKind.SingleSpaces));
        }

        return new TokenizerDefinition(
            model,
            [
                .. Added().Concat(config.Added()).DistinctBy(token => token.Id).Concat(config.Beside([.. Added(), .. config.Added()], vocabulary))
                    .Select(token => token with { Normalized = false }),   // this kind looks for tokens in text as it came
            ],
            normalizer,
            new PreTokenizer(ByteLevel: false, WordRule.None, SplitsAtSpaces: false, PrefixRule.Never, " "),
            new DecoderRules(ByteLevel: false, ByteFallback: true, [(Space, " ")], LeadingSpaces: prefixed ? 1 : 0),
            bos,
            eos,
            AddsBos: bos is not null && (config.AddsBos ?? true),
            AddsEos: eos is not null && (config.AddsEos ?? false));
    }

    private void Check()
    {
        if (_pieces.Count == 0)
        {
            throw Wrong("pieces", "none");
        }

        if (_training.GetValueOrDefault(3, 1UL) != BytePairs)
        {
            throw Wrong("a model of byte pairs (2)", $"a model of the kind {_training.GetValueOrDefault(3, 1UL)} (1 is Unigram)");
        }

        if (_mapsCharacters)
        {
            throw Wrong("text that stays as it is", "a map of characters, as NFKC");
        }
    }

    private IEnumerable<AddedToken> Added() => _pieces.Select((piece, id) => (piece, id))
        .Where(entry => entry.piece.Type is PieceType.Control or PieceType.Unknown or PieceType.UserDefined)
        .Select(entry => new AddedToken(
            entry.id, entry.piece.Text, Special: entry.piece.Type != PieceType.UserDefined, SingleWord: false, StripsLeft: false,
            StripsRight: false));

    private string? NameOf(int field, int standard) =>
        (int)_training.GetValueOrDefault(field, (ulong)standard) is var id && id >= 0 && id < _pieces.Count ? _pieces[id].Text : null;

    private void ReadField(ProtobufField field)
    {
        switch (field.Number)
        {
            case 1:
                ReadPiece(field.Bytes);
                break;
            case 2:
                foreach (var inner in ProtobufFields.Of(field.Bytes).Where(inner => inner.Bytes.IsEmpty))
                {
                    _training[inner.Number] = inner.Value;
                }

                break;
            case 3:
                foreach (var inner in ProtobufFields.Of(field.Bytes))
                {
                    _normalization[inner.Number] = inner.Value;
                    _mapsCharacters |= inner is { Number: 2, Bytes.IsEmpty: false };
                }

                break;
        }
    }

    private void ReadPiece(ReadOnlyMemory<byte> bytes)
    {
        var (text, score, type) = (string.Empty, 0f, PieceType.Normal);
        foreach (var field in ProtobufFields.Of(bytes))
        {
            (text, score, type) = field.Number switch
            {
                1 => (field.Text, score, type),
                2 => (text, field.Single, type),
                3 => (text, score, (PieceType)field.Value),
                _ => (text, score, type),
            };
        }

        _pieces.Add((text, score, type));
    }

    private InvalidDataException Wrong(string expected, string found, Exception? cause = null) => new(
        $"{_path}: cannot use this tokenizer. Expected: {expected}. Found: {found}. "
        + "Take a model folder whose tokenizer this project knows, or convert it to tokenizer.json.", cause);
}
