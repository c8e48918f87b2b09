namespace SEAS.Training.Text.Templates.Reading;

/// <summary>The kinds of pieces that a template's source is made of.</summary>
internal enum TokenKind
{
    /// <summary>Plain text between tags.</summary>
    Literal,

    /// <summary><c>{{</c> or <c>}}</c>.</summary>
    Output,

    /// <summary><c>{%</c> or <c>%}</c>.</summary>
    Statement,

    /// <summary>A name or a word of the language.</summary>
    Name,

    /// <summary>A text in quotes, without them.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a point.</summary>
    Float,

    /// <summary>An operator or bracket.</summary>
    Operator,

    /// <summary>The source is over.</summary>
    End,
}

/// <summary>One piece of a template's source.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its characters; of texts in quotes what they mean.</param>
/// <param name="Line">Where it begins, from 1.</param>
internal readonly record struct TemplateToken(TokenKind Kind, string Text, int Line)
{
    /// <summary>Whether it is this operator or bracket.</summary>
    public bool Is(string symbol) => Kind == TokenKind.Operator && string.Equals(Text, symbol, StringComparison.Ordinal);

    /// <summary>Whether it is this word.</summary>
    public bool IsWord(string word) => Kind == TokenKind.Name && string.Equals(Text, word, StringComparison.Ordinal);

    /// <summary>As an error shows it.</summary>
    public string Shown => Kind == TokenKind.End ? "the end of the template" : $"'{(Text.Length > 40 ? Text[..40] + "…" : Text)}'";
}
