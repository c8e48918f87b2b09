using SEAS.Training.Text.Templates.Values;

namespace SEAS.Training.Text.Templates.Reading;

/// <summary>Reads a template's statements.</summary>
/// <remarks>Knows what public chat templates use: if, for, set, macro, break, continue and Hugging Face's generation mark.</remarks>
internal sealed class StatementParser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;

    private StatementParser(TokenReader tokens) => (_tokens, _expressions) = (tokens, new ExpressionParser(tokens));

    /// <summary>The statements of a whole template.</summary>
    /// <exception cref="ChatTemplateException">Something in it is not known or not closed.</exception>
    public static IReadOnlyList<Statement> Read(string source)
    {
        var tokens = new TokenReader(TemplateLexer.Read(source));
        var body = new StatementParser(tokens).Body();
        return tokens.Next.Kind == TokenKind.End
            ? body
            : throw ChatTemplateException.At(tokens.Line, $"{tokens.After.Shown} closes nothing");
    }

    /// <summary>Statements up to one of the words given, which is left to be read.</summary>
    private List<Statement> Body(params string[] ends) => _tokens.Nested(() =>
    {
        List<Statement> body = [];
        while (_tokens.Next.Kind != TokenKind.End)
        {
            var line = _tokens.Line;
            if (_tokens.Next.Kind == TokenKind.Literal)
            {
                body.Add(new WriteText(line, TemplateText.Own(_tokens.Take().Text)));
            }
            else if (_tokens.Next.Kind == TokenKind.Output)
            {
                _tokens.Take();
                body.Add(new WriteValue(line, _expressions.ReadList()));
                _tokens.Close(TokenKind.Output);
            }
            else if (ends.Contains(_tokens.After.Text) || _tokens.After.Text.StartsWith("end", StringComparison.Ordinal)
                || _tokens.After.Text is "else" or "elif")
            {
                return body;
            }
            else
            {
                _tokens.Take();
                Add(body, line);
            }
        }

        return body;
    });

    private void Add(List<Statement> body, int line)
    {
        switch (_tokens.Name())
        {
            case "if":
                body.Add(ReadIf(line));
                break;
            case "for":
                body.Add(ReadFor(line));
                break;
            case "set":
                body.Add(ReadSet(line));
                break;
            case "macro":
                body.Add(ReadMacro(line));
                break;
            case "break":
                body.Add(new Leave(line, Loop: true));
                break;
            case "continue":
                body.Add(new Leave(line, Loop: false));
                break;
            case "generation":   // marks what the model itself writes; what is written is the same
                _tokens.Close(TokenKind.Statement);
                body.AddRange(Body("endgeneration"));
                End("endgeneration", line);
                break;
            case var other:
                throw ChatTemplateException.At(
                    line, $"the statement '{other}' is not known; known are if, for, set, macro, break, continue");
        }

        _tokens.Close(TokenKind.Statement);
    }

    private If ReadIf(int line)
    {
        List<(Expression?, IReadOnlyList<Statement>)> branches = [];
        Expression? when = _expressions.Read();
        while (true)
        {
            _tokens.Close(TokenKind.Statement);
            branches.Add((when, Body("elif", "else", "endif")));
            if (when is not null && Opens("elif"))
            {
                when = _expressions.Read();
            }
            else if (when is not null && Opens("else"))
            {
                when = null;
            }
            else
            {
                End("endif", line);
                return new If(line, branches);
            }
        }
    }

    private For ReadFor(int line)
    {
        List<string> names = [];
        var bracketed = _tokens.Takes("(");
        do
        {
            names.Add(_tokens.Name());
        }
        while (_tokens.Takes(","));
        if (bracketed)
        {
            _tokens.Expect(")");
        }

        _tokens.ExpectWord("in");
        var items = _expressions.ReadBeforeIf();
        var when = _tokens.TakesWord("if") ? _expressions.Read() : null;
        if (_tokens.Next.IsWord("recursive"))
        {
            throw ChatTemplateException.At(line, "recursive loops are not known");
        }

        _tokens.Close(TokenKind.Statement);
        var body = Body("else", "endfor");
        List<Statement> otherwise = [];
        if (Opens("else"))
        {
            _tokens.Close(TokenKind.Statement);
            otherwise = Body("endfor");
        }

        End("endfor", line);
        return new For(line, names, items, when, body, otherwise);
    }

    private Statement ReadSet(int line)
    {
        List<(string Name, string? Member)> targets = [];
        do
        {
            targets.Add((_tokens.Name(), _tokens.Takes(".") ? _tokens.Name() : null));
        }
        while (_tokens.Takes(","));
        if (_tokens.Takes("="))
        {
            return new SetTo(line, targets, _expressions.ReadList());
        }

        if (targets is not [(var name, null)])
        {
            throw _tokens.Wrong("'='");
        }

        _tokens.Close(TokenKind.Statement);
        var body = Body("endset");
        End("endset", line);
        return new SetToBlock(line, name, body);
    }

    private MacroOf ReadMacro(int line)
    {
        var name = _tokens.Name();
        _tokens.Expect("(");
        List<(string, Expression?)> parameters = [];
        while (!_tokens.Takes(")"))
        {
            parameters.Add((_tokens.Name(), _tokens.Takes("=") ? _expressions.Read() : null));
            if (!_tokens.Next.Is(")"))
            {
                _tokens.Expect(",");
            }
        }

        _tokens.Close(TokenKind.Statement);
        var body = Body("endmacro");
        End("endmacro", line);
        return new MacroOf(line, name, parameters, body);
    }

    private bool Opens(string word)
    {
        if (_tokens.Next.Kind != TokenKind.Statement || !_tokens.After.IsWord(word))
        {
            return false;
        }

        _tokens.Take();
        _tokens.Take();
        return true;
    }

    private void End(string word, int opened)
    {
        if (!Opens(word))
        {
            var found = _tokens.Next.Kind == TokenKind.Statement ? _tokens.After : _tokens.Next;
            throw ChatTemplateException.At(
                _tokens.Line, $"'{word}' is expected for the block of line {opened}, and {found.Shown} is found");
        }
    }
}
