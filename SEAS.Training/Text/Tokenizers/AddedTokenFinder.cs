namespace SEAS.Training.Text.Tokenizers;

/// <summary>A stretch of text: either one added token or plain text to be merged.</summary>
internal readonly record struct Stretch(int Start, int End, int? TokenId);

/// <summary>Finds added tokens in text: the leftmost first, the longest of those that start together.</summary>
internal sealed class AddedTokenFinder
{
    private readonly ILookup<char, AddedToken> _byFirst;

    public AddedTokenFinder(IEnumerable<AddedToken> tokens) =>
        _byFirst = tokens.OrderByDescending(token => token.Content.Length).ToLookup(token => token.Content[0]);

    /// <summary>The text in stretches, without empty ones.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isForeign">Whether any character between two places came from outside: no token that steers a model is found
    /// there. Null: nothing did.</param>
    public IEnumerable<Stretch> Split(string text, Func<int, int, bool>? isForeign = null)
    {
        var done = 0;
        if (_byFirst.Count > 0)
        {
            for (var i = 0; i < text.Length; i++)
            {
                if (At(text, i, isForeign) is not { } token)
                {
                    continue;
                }

                var start = token.StripsLeft ? BackOverSpace(text, i, done) : i;
                if (start > done)
                {
                    yield return new Stretch(done, start, null);
                }

                yield return new Stretch(i, i + token.Content.Length, token.Id);
                done = token.StripsRight ? OverSpace(text, i + token.Content.Length) : i + token.Content.Length;
                i = done - 1;
            }
        }

        if (done < text.Length)
        {
            yield return new Stretch(done, text.Length, null);
        }
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character == '_';

    private static int OverSpace(string text, int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position;
    }

    private static int BackOverSpace(string text, int position, int floor)
    {
        while (position > floor && char.IsWhiteSpace(text[position - 1]))
        {
            position--;
        }

        return position;
    }

    private static bool StandsAlone(string text, int start, int end) =>
        (start == 0 || !IsWord(text[start - 1])) && (end == text.Length || !IsWord(text[end]));

    private AddedToken? At(string text, int position, Func<int, int, bool>? isForeign)
    {
        foreach (var token in _byFirst[text[position]])
        {
            var end = position + token.Content.Length;
            if (text.AsSpan(position).StartsWith(token.Content, StringComparison.Ordinal)
                && (!token.SingleWord || StandsAlone(text, position, end))
                && !(token.Steers && isForeign?.Invoke(position, end) == true))
            {
                return token;
            }
        }

        return null;
    }
}
