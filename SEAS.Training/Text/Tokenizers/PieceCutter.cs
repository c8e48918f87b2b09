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

    /// <summary>The text as the normalizer leaves it.</summary>
    /// <param name="text">Plain text.</param>
    /// <param name="continues">Whether it goes on where other text ended, so that no space is put in front.</param>
    public string Normalize(string text, bool continues)
    {
        foreach (var step in _normalizer)
        {
            text = Changed(step, text, continues);
        }

        return text;
    }

    /// <summary>The same, with which of its characters came from outside.</summary>
    /// <param name="text">Plain text.</param>
    /// <param name="continues">As above.</param>
    /// <param name="foreign">One for each character of the text.</param>
    public (string Text, bool[] Foreign) Normalize(string text, bool continues, bool[] foreign)
    {
        foreach (var step in _normalizer)
        {
            var changed = Changed(step, text, continues);
            foreign = step.Kind switch
            {
                _ when changed == text => foreign,
                NormalizerKind.Prepend => [.. Enumerable.Repeat(false, step.Content.Length), .. foreign],
                NormalizerKind.Replace => Replaced(step, text, foreign),
                _ => [.. Enumerable.Repeat(foreign.Contains(true), changed.Length)],   // nobody knows which character came from where
            };
            text = changed;
        }

        return (text, foreign);
    }

    /// <summary>Normalized text as the vocabulary writes it.</summary>
    /// <param name="text">Normalized text.</param>
    /// <param name="start">Whether it opens the whole text.</param>
    /// <param name="continues">Whether it goes on where other text ended, so that no space is put in front.</param>
    public string Prepare(string text, bool start, bool continues)
    {
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

    private static string Changed(NormalizerStep step, string text, bool continues) => step.Kind switch
    {
        NormalizerKind.Replace => text.Replace(step.Pattern, step.Content, StringComparison.Ordinal),
        NormalizerKind.Compose => Composition.Of(text),
        NormalizerKind.SingleSpaces => SingleSpaces(text, continues),
        _ => text.Length > 0 && !continues ? step.Content + text : text,
    };

    private static bool[] Replaced(NormalizerStep step, string text, bool[] foreign)
    {
        List<bool> result = new(foreign.Length);
        for (var i = 0; i < text.Length;)
        {
            if (string.CompareOrdinal(text, i, step.Pattern, 0, step.Pattern.Length) == 0)
            {
                var from = foreign.AsSpan(i, step.Pattern.Length).Contains(true);
                result.AddRange(Enumerable.Repeat(from, step.Content.Length));
                i += step.Pattern.Length;
            }
            else
            {
                result.Add(foreign[i++]);
            }
        }

        return [.. result];
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
