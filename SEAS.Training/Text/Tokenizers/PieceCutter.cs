using SEAS.Training.Text.Normalization;
using SEAS.Training.Text.PreTokenizers;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>Normalizes text and cuts it into the pieces within which merges happen.</summary>
internal sealed class PieceCutter
{
    private readonly IReadOnlyList<NormalizerStep> _normalizer;
    private readonly PreTokenizer _preTokenizer;
    private readonly string _space;
    private readonly bool _cutsAtSpaces;

    public PieceCutter(TokenizerDefinition definition)
    {
        _normalizer = definition.Normalizer;
        _preTokenizer = definition.PreTokenizer;
        _space = _preTokenizer.Space != " " ? _preTokenizer.Space
            : _normalizer.FirstOrDefault(step => step.Kind == NormalizerKind.Replace && step.Pattern == " ")?.Content ?? " ";

        // If no token holds a space behind something else, no merge crosses there, and cutting there changes nothing but the speed.
        _cutsAtSpaces = _preTokenizer.SplitsAtSpaces || definition.Model.Merges.All(merge => !HoldsSpaceInside(merge.Left + merge.Right));
    }

    /// <summary>The text as the vocabulary writes it.</summary>
    /// <param name="text">Plain text.</param>
    /// <param name="start">Whether it opens the whole text.</param>
    /// <param name="continues">Whether it goes on where other text ended, so that no space is put in front.</param>
    public string Prepare(string text, bool start, bool continues)
    {
        foreach (var step in _normalizer)
        {
            text = step.Kind switch
            {
                NormalizerKind.Replace => text.Replace(step.Pattern, step.Content, StringComparison.Ordinal),
                NormalizerKind.Compose => Composition.Of(text),
                NormalizerKind.SingleSpaces => SingleSpaces(text, continues),
                _ => text.Length > 0 && !continues ? step.Content + text : text,
            };
        }

        text = text.Replace(" ", _preTokenizer.Space, StringComparison.Ordinal);
        var wanted = _preTokenizer.Prefix == PrefixRule.Always || (_preTokenizer.Prefix == PrefixRule.First && start);
        return wanted && !continues && text.Length > 0 && !text.StartsWith(_preTokenizer.Space, StringComparison.Ordinal)
            ? _preTokenizer.Space + text
            : text;
    }

    /// <summary>Where the piece that starts at <paramref name="from"/> ends, in prepared text.</summary>
    public int EndOfPiece(string text, int from)
    {
        if (_preTokenizer.ByteLevel)
        {
            return WordRules.EndOf(_preTokenizer.Words, text, from);
        }

        if (!_cutsAtSpaces)
        {
            return text.Length;
        }

        var apart = _preTokenizer.SplitsAtSpaces;   // Metaspace cuts before each of several spaces, the shortcut only before the first
        for (var i = from + 1; i < text.Length; i++)
        {
            if (IsSpace(text, i) && (apart || !IsSpace(text, i - _space.Length)))
            {
                return i;
            }
        }

        return text.Length;
    }

    // Text that goes on keeps the space which parts it from what came before.
    private static string SingleSpaces(string text, bool continues)
    {
        var words = string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return continues && text.StartsWith(' ') ? " " + words : words;
    }

    private bool IsSpace(string text, int position) =>
        position >= 0 && string.CompareOrdinal(text, position, _space, 0, _space.Length) == 0;

    private bool HoldsSpaceInside(string token)
    {
        var rest = token.AsSpan();
        while (rest.StartsWith(_space, StringComparison.Ordinal))
        {
            rest = rest[_space.Length..];
        }

        return rest.Contains(_space, StringComparison.Ordinal);
    }
}
