using System.Text;
using SEAS.Training.Text.Templates.Values;

namespace SEAS.Training.Text.Templates.Reading;

/// <summary>Cuts a template's source into plain text and the tokens of its tags.</summary>
/// <remarks>
/// White space as Hugging Face sets Jinja up: a line break behind a statement or comment goes with it (<c>trim_blocks</c>), and so does
/// the indentation in front of one (<c>lstrip_blocks</c>); <c>-</c> inside a tag takes all white space on its side, <c>+</c> keeps it.
/// </remarks>
internal sealed class TemplateLexer
{
    private readonly string _source;
    private readonly List<TemplateToken> _tokens = [];
    private int _at;
    private int _line = 1;

    private TemplateLexer(string source) => _source = source;

    /// <summary>All tokens, the last of which is <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="ChatTemplateException">A tag, a comment or a text is never closed, or a character has no meaning.</exception>
    public static IReadOnlyList<TemplateToken> Read(string source)
    {
        source = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');   // Jinja's ends of a line, and no others
        var lexer = new TemplateLexer(source.EndsWith('\n') ? source[..^1] : source);
        lexer.ReadAll();
        return lexer._tokens;
    }

    private void ReadAll()
    {
        var stripped = false;   // the tag before took the white space that follows it
        while (_at < _source.Length)
        {
            var open = NextTag();
            ReadLiteral(open, stripped);
            stripped = _at < _source.Length && ReadTag();
        }

        Add(TokenKind.End, string.Empty);
    }

    private int NextTag()
    {
        for (var i = _at; i + 1 < _source.Length; i++)
        {
            if (_source[i] == '{' && (_source[i + 1] is '{' or '%' or '#'))
            {
                return i;
            }
        }

        return _source.Length;
    }

    private void ReadLiteral(int end, bool stripped)
    {
        var text = _source.AsSpan(_at, end - _at);
        var kept = stripped ? text.TrimStart() : text;
        if (end + 2 < _source.Length && _source[end + 2] == '-')
        {
            kept = kept.TrimEnd();
        }
        else if (end < _source.Length && _source[end + 1] != '{' && !(end + 2 < _source.Length && _source[end + 2] == '+'))
        {
            kept = WithoutIndent(kept, startsLine: kept.Length == text.Length && (_at == 0 || _source[_at - 1] == '\n'));
        }

        if (kept.Length > 0)
        {
            Add(TokenKind.Literal, kept.ToString());
        }

        _line += text.Count('\n');
        _at = end;
    }

    private static ReadOnlySpan<char> WithoutIndent(ReadOnlySpan<char> text, bool startsLine)
    {
        var bare = text;
        while (bare.Length > 0 && bare[^1] != '\n' && char.IsWhiteSpace(bare[^1]))
        {
            bare = bare[..^1];
        }

        return bare.Length == 0 ? (startsLine ? bare : text) : bare[^1] == '\n' ? bare : text;
    }

    /// <summary>Reads one tag; true if it takes the white space behind it.</summary>
    private bool ReadTag()
    {
        var (line, mark) = (_line, _source[_at + 1]);
        _at += 2;
        if (_at < _source.Length && _source[_at] is '-' or '+')
        {
            _at++;
        }

        if (mark == '#')
        {
            return SkipComment(line);
        }

        var kind = mark == '{' ? TokenKind.Output : TokenKind.Statement;
        var close = mark == '{' ? "}}" : "%}";
        Add(kind, "{" + mark);
        var depth = 0;
        while (true)
        {
            SkipSpace();
            if (_at >= _source.Length)
            {
                throw ChatTemplateException.At(line, $"the tag '{{{mark}' is never closed; '{close}' is missing");
            }

            var sign = _source[_at] is '-' or '+' ? 1 : 0;
            if (depth == 0 && string.CompareOrdinal(_source, _at + sign, close, 0, 2) == 0)
            {
                var strips = sign == 1 && _source[_at] == '-';
                var keeps = sign == 1 && _source[_at] == '+';
                Add(kind, close);
                _at += sign + 2;
                SkipBreak(kind == TokenKind.Statement && !strips && !keeps);
                return strips;
            }

            depth += _source[_at] is '{' or '[' or '(' ? 1 : _source[_at] is '}' or ']' or ')' ? -1 : 0;
            ReadToken();
        }
    }

    private bool SkipComment(int line)
    {
        var end = _source.IndexOf("#}", _at, StringComparison.Ordinal);
        if (end < 0)
        {
            throw ChatTemplateException.At(line, "the comment '{#' is never closed; '#}' is missing");
        }

        var strips = end > _at && _source[end - 1] == '-';
        _line += _source.AsSpan(_at, end - _at).Count('\n');
        _at = end + 2;
        SkipBreak(!strips);
        return strips;
    }

    private void SkipBreak(bool applies)
    {
        if (applies && _at < _source.Length && _source[_at] == '\n')
        {
            _at++;
            _line++;
        }
    }

    private void SkipSpace()
    {
        for (; _at < _source.Length && char.IsWhiteSpace(_source[_at]); _at++)
        {
            _line += _source[_at] == '\n' ? 1 : 0;
        }
    }

    private void ReadToken()
    {
        var first = _source[_at];
        if (first is '"' or '\'')
        {
            ReadText(first);
        }
        else if (char.IsAsciiLetter(first) || first == '_')
        {
            Take(TokenKind.Name, character => char.IsAsciiLetterOrDigit(character) || character == '_');
        }
        else if (char.IsAsciiDigit(first))
        {
            ReadNumber();
        }
        else
        {
            var two = _at + 1 < _source.Length ? _source.Substring(_at, 2) : string.Empty;
            var symbol = two is "==" or "!=" or "<=" or ">=" or "//" or "**" ? two
                : "+-*/%~<>=.,:|()[]{}".Contains(first, StringComparison.Ordinal) ? first.ToString()
                : throw ChatTemplateException.At(_line, $"the character '{first}' has no meaning here");
            Add(TokenKind.Operator, symbol);
            _at += symbol.Length;
        }
    }

    private void ReadNumber()
    {
        var start = _at;
        var isFloat = false;
        for (; _at < _source.Length; _at++)
        {
            var isPoint = _source[_at] == '.' && !isFloat && _at + 1 < _source.Length && char.IsAsciiDigit(_source[_at + 1]);
            isFloat |= isPoint;
            if (!isPoint && !char.IsAsciiDigit(_source[_at]))
            {
                break;
            }
        }

        Add(isFloat ? TokenKind.Float : TokenKind.Integer, _source[start.._at]);
    }

    private void ReadText(char quote)
    {
        var line = _line;
        var text = new StringBuilder();
        for (_at++; _at < _source.Length && _source[_at] != quote; _at++)
        {
            _line += _source[_at] == '\n' ? 1 : 0;
            if (_source[_at] == '\\' && _at + 1 < _source.Length)
            {
                _at++;
                _line += _source[_at] == '\n' ? 1 : 0;
                text.Append(TextEscapes.Read(_source, ref _at, _line));
                continue;
            }

            text.Append(_source[_at]);
        }

        if (_at >= _source.Length)
        {
            throw ChatTemplateException.At(line, $"a text in {quote} is never closed");
        }

        _at++;
        _tokens.Add(new TemplateToken(TokenKind.Text, text.ToString(), line));
    }

    private void Take(TokenKind kind, Func<char, bool> belongs)
    {
        var start = _at;
        while (_at < _source.Length && belongs(_source[_at]))
        {
            _at++;
        }

        Add(kind, _source[start.._at]);
    }

    private void Add(TokenKind kind, string text) => _tokens.Add(new TemplateToken(kind, text, _line));
}
