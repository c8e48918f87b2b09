using System.Text;
using SEAS.Training.Text.Templates.Values;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>Text to ids and back, as a Hugging Face <c>tokenizer.json</c> of the byte-pair kind says.</summary>
/// <remarks>
/// Knows byte-level vocabularies (GPT-2) and SentencePiece-style ones (Llama 2: characters, with bytes to fall back on). An instance never
/// changes and may be used from many threads.
/// </remarks>
public sealed class Tokenizer
{
    private const int MostTokens = 1 << 24;   // tables are as long as the highest id, and a damaged file may name any

    private readonly TokenizerFiles _files;
    private readonly Dictionary<string, int> _ids;
    private readonly TextEncoder _encoder;
    private readonly PieceCutter _cutter;
    private readonly (AddedTokenFinder Raw, AddedTokenFinder Normalized) _harmless;
    private readonly (AddedTokenFinder Raw, AddedTokenFinder Normalized) _all;
    private readonly TokenBytes _tokens;
    private readonly HashSet<int> _steering;
    private readonly bool _addsEos;

    internal Tokenizer(TokenizerFiles files)
    {
        var definition = files.Parse();
        var model = definition.Model;
        _files = files;
        _ids = new Dictionary<string, int>(model.Vocabulary, StringComparer.Ordinal);
        foreach (var token in definition.Added)
        {
            _ids[token.Content] = token.Id;
        }

        VocabularySize = SizeOf(files, model.Vocabulary.Values.Concat(definition.Added.Select(token => token.Id)));
        BosId = IdOf(files, "bos_token", definition.Bos);
        EosId = IdOf(files, "eos_token", definition.Eos);
        AddsBos = definition.AddsBos;
        _addsEos = definition.AddsEos;
        var named = files.NamedTokens().ToDictionary(token => token.Part, token => token.Token, StringComparer.Ordinal);
        _ = definition.Bos is { } bos && named.TryAdd("bos_token", bos);
        _ = definition.Eos is { } eos && named.TryAdd("eos_token", eos);
        NamedTokens = named;
        EndIds = [.. new[] { EosId }.OfType<int>().Concat(files.EndIds.Order()).Distinct()];
        _cutter = new PieceCutter(definition);
        _steering = [.. definition.Added.Where(token => token.Steers).Select(token => token.Id)];
        _encoder = new TextEncoder(
            _cutter, new SymbolSpelling(model, definition.PreTokenizer.ByteLevel, _steering), MergesOf(files, model, _steering));
        _harmless = FindersOf(definition.Added.Where(token => !token.Steers));
        _all = FindersOf(definition.Added);
        _tokens = new TokenBytes(definition, VocabularySize);
        Unformed = [.. definition.Added.Where(token => token is { Steers: true, MarksTurns: false }
            && !(definition.AddsBos && token.Content == definition.Bos) && !(definition.AddsEos && token.Content == definition.Eos))];
    }

    /// <summary>One more than the highest id.</summary>
    public int VocabularySize { get; }

    /// <summary>The token that opens a text, if the vocabulary has one.</summary>
    public int? BosId { get; }

    /// <summary>The token that ends a text, if the vocabulary has one.</summary>
    public int? EosId { get; }

    /// <summary>All tokens that end an answer, as the folder's files name them: the tokenizer's own first, then those of config.json and
    /// generation_config.json.</summary>
    public IReadOnlyList<int> EndIds { get; }

    /// <summary>Whether the model expects <see cref="BosId"/> in front of every text.</summary>
    public bool AddsBos { get; }

    /// <summary>How the model wants conversations laid out, in the language Jinja; null if its files do not say.</summary>
    internal string? ChatTemplate => _files.ChatTemplate;

    /// <summary>Reads <c>tokenizer.json</c> or <c>tokenizer.model</c> and, if it is there, <c>tokenizer_config.json</c>.</summary>
    /// <exception cref="FileNotFoundException">The folder holds neither of the first two.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or asks for something that this project does not know.</exception>
    public static Tokenizer Load(string folder) => Load(folder, null);

    /// <summary>Whether a folder holds a tokenizer.</summary>
    internal static bool IsIn(string folder) => TokenizerFiles.AreIn(folder);

    /// <summary>Writes both files into a folder; <see cref="Load(string)"/> gives the same tokenizer again.</summary>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _files.Write(folder);
    }

    /// <summary>The ids of a text.</summary>
    /// <param name="text">Any text. Halves of surrogate pairs become U+FFFD.</param>
    /// <param name="addSpecial">Puts <see cref="BosId"/> in front and <see cref="EosId"/> behind where the model adds them.</param>
    /// <param name="parseSpecial">
    /// Reads special tokens in the text as what they name. Off by default: text from outside must not be able to form one.
    /// </param>
    public int[] Encode(string text, bool addSpecial = false, bool parseSpecial = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var output = new List<int>(text.Length / 3);
        if (addSpecial && AddsBos && BosId is { } bos)
        {
            output.Add(bos);
        }

        Encode(text, parseSpecial ? _all : _harmless, opensText: true, continues: false, output);
        if (addSpecial && _addsEos && EosId is { } eos)
        {
            output.Add(eos);
        }

        return [.. output];
    }

    /// <summary>The ids of a text that a model is to continue: opened as the model expects, and never ended.</summary>
    public int[] EncodeOpening(string text)
    {
        var ids = Encode(text, addSpecial: true);
        return _addsEos ? ids[..^1] : ids;
    }

    /// <summary>The text of ids.</summary>
    /// <param name="ids">Ids; those beyond the vocabulary stand for nothing.</param>
    /// <param name="skipSpecial">Leaves special tokens out.</param>
    /// <returns>The text; bytes that are no UTF-8 appear as U+FFFD.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is negative.</exception>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecial = true)
    {
        var decoder = new StreamingDecoder(_tokens, skipSpecial);
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            text.Append(decoder.Push(id));
        }

        return text.Append(decoder.Flush()).ToString();
    }

    /// <summary>The bytes that an id stands for, a special token's name included; none for an id beyond the vocabulary.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is negative.</exception>
    public byte[] BytesOf(int id) => _tokens.Of(id, skipSpecial: false).ToArray();

    /// <summary>The id of a token by its content as the vocabulary writes it; null if there is none.</summary>
    public int? IdOf(string token) => _ids.TryGetValue(token, out var id) ? id : null;

    /// <summary>A decoder for one sequence of ids that arrive one by one.</summary>
    /// <param name="skipSpecial">Leaves special tokens out.</param>
    public StreamingDecoder Stream(bool skipSpecial = true) => new(_tokens, skipSpecial);

    /// <summary>The ids of text that goes on where other text ended, so that no space is put in front. Nothing in it is special.</summary>
    internal int[] EncodeContinuation(string text) => EncodeInside(text, continues: true);

    /// <summary>The ids of text that stands behind a special token. Nothing in it is special.</summary>
    internal int[] EncodeBehindSpecial(string text) => EncodeInside(text, continues: false);

    /// <summary>The ids of what a chat template wrote: its own marks are special tokens, and what messages said is not.</summary>
    /// <param name="text">The text.</param>
    /// <param name="continues">Whether it goes on where other text ended.</param>
    internal int[] Encode(TemplateText text, bool continues = false)
    {
        var output = new List<int>(text.Value.Length / 3);
        Encode(text.Value, _all, opensText: !continues, continues, output, text.IsForeign);
        return [.. output];
    }

    /// <summary>Whether a token steers a model, as the marks of a conversation do.</summary>
    internal bool Steers(int id) => _steering.Contains(id);

    /// <summary>The same with another chat template than the folder's own; null keeps that.</summary>
    internal static Tokenizer Load(string folder, string? chatTemplate)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var files = TokenizerFiles.Read(folder);
        return new Tokenizer(chatTemplate is null ? files : files with { ChatTemplate = chatTemplate });
    }

    /// <summary>The special tokens by the names that chat templates call them.</summary>
    internal IReadOnlyDictionary<string, string> NamedTokens { get; }

    /// <summary>Tokens that neither a text nor the chat template forms, and that nothing puts beside a text.</summary>
    internal IReadOnlyList<AddedToken> Unformed { get; }

    /// <summary>What opens a text by the model's own config.json, where the tokenizer's files do not say.</summary>
    internal int? ConfiguredBos => BosId ?? _files.BosId;

    /// <summary>The same with more tokens that end an answer.</summary>
    internal Tokenizer WithEndIds(IReadOnlyList<int> more) =>
        new(_files with { EndIds = [.. _files.EndIds.Concat(more).Distinct()] });

    /// <summary>What the files say.</summary>
    internal TokenizerDefinition Definition() => _files.Parse();

    /// <summary>The same with a chat template in its files, where every program finds it.</summary>
    internal Tokenizer WithTemplate(string template) => new(_files.WithTemplate(template));

    private int[] EncodeInside(string text, bool continues)
    {
        var output = new List<int>(text.Length / 3);
        Encode(text, _harmless, opensText: false, continues, output);
        return [.. output];
    }

    private void Encode(
        string text, (AddedTokenFinder Raw, AddedTokenFinder Normalized) added, bool opensText, bool continues, List<int> output,
        Func<int, int, bool>? isForeign = null)
    {
        foreach (var stretch in added.Raw.Split(text, isForeign))
        {
            if (stretch.TokenId is { } id)
            {
                output.Add(id);
                continue;
            }

            var first = stretch.Start == 0;
            EncodePlain(text, stretch, added.Normalized, first && opensText, first && continues, output, isForeign);
        }
    }

    // Some tokens are looked for only now, in text as the normalizer leaves it.
    private void EncodePlain(
        string text, Stretch stretch, AddedTokenFinder added, bool opensText, bool continues, List<int> output, Func<int, int, bool>? isForeign)
    {
        var plain = text[stretch.Start..stretch.End];
        if (added.IsEmpty)
        {
            _encoder.Encode(_cutter.Normalize(plain, continues), opensText, continues, output);
            return;
        }

        bool[] from = [.. Enumerable.Range(stretch.Start, plain.Length).Select(place => isForeign?.Invoke(place, place + 1) == true)];
        var (normalized, foreign) = _cutter.Normalize(plain, continues, from);
        foreach (var part in added.Split(normalized, (start, end) => foreign.AsSpan(start, end - start).Contains(true)))
        {
            if (part.TokenId is { } id)
            {
                output.Add(id);
                continue;
            }

            var first = part.Start == 0;
            _encoder.Encode(normalized[part.Start..part.End], first && opensText, first && continues, output);
        }
    }

    private (AddedTokenFinder Raw, AddedTokenFinder Normalized) FindersOf(IEnumerable<AddedToken> tokens)
    {
        var apart = tokens.ToLookup(token => token.Normalized);
        return (new AddedTokenFinder(apart[false]), new AddedTokenFinder(apart[true]
            .Select(token => token with { Content = _cutter.Normalize(token.Content, continues: false) })
            .Where(token => token.Content.Length > 0)));
    }

    private static BpeMerges MergesOf(TokenizerFiles files, BpeModel model, IReadOnlySet<int> steering)
    {
        var merges = new BpeMerges();
        var (rank, before) = (-1, -1);
        foreach (var (left, right) in model.Merges)
        {
            var result = Find(left + right);
            rank += model.RanksByResult && result == before ? 0 : 1;
            before = result;
            if (!steering.Contains(result))   // letters never come together to one of these
            {
                merges.Add(Find(left), Find(right), result, rank);
            }
        }

        return merges;

        int Find(string token) => model.Vocabulary.TryGetValue(token, out var id)
            ? id
            : throw new InvalidDataException(
                $"{files.Source}: the tokenizer's merges do not fit its vocabulary. Expected: every part and result of a merge in " +
                $"'vocab'. Found: '{token}' is missing. Fetch the files again.");
    }

    private static int SizeOf(TokenizerFiles files, IEnumerable<int> ids)
    {
        var highest = ids.DefaultIfEmpty(-1).Max();
        return highest < MostTokens ? highest + 1 : throw new InvalidDataException(
            $"{files.Source}: the tokenizer has a token with the id {highest}. Expected: ids below {MostTokens}. Fetch the files again.");
    }

    private int? IdOf(TokenizerFiles files, string role, string? token) => token is null ? null : IdOf(token)
        ?? throw new InvalidDataException(
            $"{files.Source}: the tokenizer's {role} is '{token}', which its vocabulary lacks. " +
            "Expected: a token of tokenizer.json. Mend tokenizer_config.json or fetch the files again.");
}
