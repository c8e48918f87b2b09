using SEAS.Training.Text.Templates.Values;

namespace SEAS.Training.Text.Templates.Reading;

/// <summary>A place in a template's tokens, shared by the readers of statements and expressions.</summary>
internal sealed class TokenReader(IReadOnlyList<TemplateToken> tokens)
{
    private const int Deepest = 200;

    private int _at;
    private int _depth;

    /// <summary>The token to be read.</summary>
    public TemplateToken Next => tokens[_at];

    /// <summary>The one behind it.</summary>
    public TemplateToken After => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    /// <summary>Its line.</summary>
    public int Line => Next.Line;

    /// <summary>Reads a token.</summary>
    public TemplateToken Take()
    {
        var token = Next;
        _at = Math.Min(_at + 1, tokens.Count - 1);
        return token;
    }

    /// <summary>Reads this operator if it comes next.</summary>
    public bool Takes(string symbol) => Next.Is(symbol) && Take() is var _;

    /// <summary>Reads this word if it comes next.</summary>
    public bool TakesWord(string word) => Next.IsWord(word) && Take() is var _;

    /// <summary>Reads this operator.</summary>
    public void Expect(string symbol)
    {
        if (!Takes(symbol))
        {
            throw Wrong($"'{symbol}'");
        }
    }

    /// <summary>Reads this word.</summary>
    public void ExpectWord(string word)
    {
        if (!TakesWord(word))
        {
            throw Wrong($"'{word}'");
        }
    }

    /// <summary>Reads a name.</summary>
    public string Name() => Next.Kind == TokenKind.Name ? Take().Text : throw Wrong("a name");

    /// <summary>Reads the end of a tag.</summary>
    public void Close(TokenKind kind)
    {
        if (Next.Kind != kind)
        {
            throw Wrong(kind == TokenKind.Output ? "'}}'" : "'%}'");
        }

        Take();
    }

    /// <summary>The error for a token that does not belong here.</summary>
    public ChatTemplateException Wrong(string expected) =>
        ChatTemplateException.At(Line, $"{expected} is expected and {Next.Shown} is found");

    /// <summary>Reads something that may hold more of itself.</summary>
    public T Nested<T>(Func<T> read)
    {
        if (++_depth > Deepest)
        {
            throw ChatTemplateException.At(Line, $"more than {Deepest} brackets, blocks and operators stand inside each other");
        }

        var result = read();
        _depth--;
        return result;
    }
}
