using SEAS.Training.Text.PreTokenizers;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>A token that is matched as a whole and never built by merges.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text, for example <c>&lt;|user|&gt;</c>.</param>
/// <param name="Special">Left out of decoded text.</param>
/// <param name="SingleWord">Matches only between non-word characters.</param>
/// <param name="StripsLeft">Swallows white space before it.</param>
/// <param name="StripsRight">Swallows white space after it.</param>
internal sealed record AddedToken(int Id, string Content, bool Special, bool SingleWord, bool StripsLeft, bool StripsRight)
{
    /// <summary>Looked for in text as the normalizer leaves it, and in the normalizer's spelling, rather than in text as it came.</summary>
    public bool Normalized { get; init; }

    /// <summary>Whether the model's own chat template writes it.</summary>
    public bool MarksTurns { get; init; }

    /// <summary>Steers a model, so that text from outside may never form it: declared special, written by the template, or anything but
    /// white space and words of plain letters. Many vocabularies do not declare their marks: <c>&lt;｜User｜&gt;</c>, <c>[INST]</c>.</summary>
    public bool Steers => Special || MarksTurns || !Content.All(letter => char.IsLetterOrDigit(letter) || char.IsWhiteSpace(letter));
}

/// <summary>One step of the normalizer.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Pattern">What a replacement looks for.</param>
/// <param name="Content">What it puts there, or in front.</param>
internal sealed record NormalizerStep(NormalizerKind Kind, string Pattern = "", string Content = "");

/// <summary>What a step of the normalizer does.</summary>
internal enum NormalizerKind
{
    /// <summary>Puts one text in the place of another.</summary>
    Replace,

    /// <summary>Puts something in front of a text that is not empty.</summary>
    Prepend,

    /// <summary>Takes spaces off both ends and makes several within one.</summary>
    SingleSpaces,

    /// <summary>Composes letters and their marks (Unicode's form NFC).</summary>
    Compose,
}

/// <summary>When a text gets a space (or its stand-in) in front.</summary>
internal enum PrefixRule
{
    Never,
    First,
    Always,
}

/// <summary>How text is cut before merging.</summary>
/// <param name="ByteLevel">Symbols are bytes (GPT-2) rather than characters (SentencePiece).</param>
/// <param name="Words">Where byte-level text is cut.</param>
/// <param name="SplitsAtSpaces">Merges of SentencePiece's kind stay within words.</param>
/// <param name="Prefix">Whether a space goes in front.</param>
/// <param name="Space">What a space is written as.</param>
internal sealed record PreTokenizer(bool ByteLevel, WordRule Words, bool SplitsAtSpaces, PrefixRule Prefix, string Space);

/// <summary>How tokens become text again.</summary>
/// <param name="ByteLevel">Tokens are written in the <see cref="ByteAlphabet"/>.</param>
/// <param name="ByteFallback">Tokens like <c>&lt;0x0A&gt;</c> stand for a byte.</param>
/// <param name="Replacements">Replaced within each token, in order.</param>
/// <param name="LeadingSpaces">Spaces to take off the front of the whole text, at most.</param>
internal sealed record DecoderRules(
    bool ByteLevel, bool ByteFallback, IReadOnlyList<(string From, string To)> Replacements, int LeadingSpaces);

/// <summary>The byte-pair model itself.</summary>
/// <remarks>Merges are in the order of their rank.</remarks>
internal sealed record BpeModel(
    IReadOnlyDictionary<string, int> Vocabulary,
    IReadOnlyList<(string Left, string Right)> Merges,
    string? Unknown,
    bool FuseUnknown,
    bool ByteFallback,
    bool IgnoreMerges)
{
    /// <summary>Pairs that make the same token have the same rank, as where merges follow from the tokens' own order.</summary>
    public bool RanksByResult { get; init; }
}

/// <summary>What a folder's tokenizer files say, without the files' many spellings.</summary>
internal sealed record TokenizerDefinition(
    BpeModel Model,
    IReadOnlyList<AddedToken> Added,
    IReadOnlyList<NormalizerStep> Normalizer,
    PreTokenizer PreTokenizer,
    DecoderRules Decoder,
    string? Bos,
    string? Eos,
    bool AddsBos,
    bool AddsEos);
