using SEAS.Training.Text.Templates.Reading;
using SEAS.Training.Text.Templates.Values;

namespace SEAS.Training.Text.Templates;

/// <summary>Does what a template's statements say.</summary>
internal sealed class Renderer
{
    private enum Flow
    {
        On,
        Continue,
        Break,
    }

    private readonly TemplateLimits _limits = new();
    private readonly Evaluator _evaluator;

    public Renderer() => _evaluator = new Evaluator(_limits);

    /// <summary>What a template writes.</summary>
    /// <param name="body">Its statements.</param>
    /// <param name="variables">What it is given.</param>
    /// <exception cref="ChatTemplateException">It refuses the conversation, asks for what is not known, or does not end.</exception>
    public TemplateText Render(IReadOnlyList<Statement> body, IReadOnlyDictionary<string, object?> variables)
    {
        var scope = new TemplateScope();
        TemplateFunctions.AddTo(scope);
        foreach (var (name, value) in variables)
        {
            scope[name] = value;
        }

        return Written(body, new TemplateScope(scope));
    }

    private TemplateText Written(IReadOnlyList<Statement> body, TemplateScope scope)
    {
        List<TemplateText> output = [];
        Run(body, scope, output);
        return TemplateText.Concat(output);
    }

    private Flow Run(IReadOnlyList<Statement> body, TemplateScope scope, List<TemplateText> output)
    {
        foreach (var statement in body)
        {
            _limits.Step(statement.Line);
            if (Run(statement, scope, output) is var flow and not Flow.On)
            {
                return flow;
            }
        }

        return Flow.On;
    }

    private Flow Run(Statement statement, TemplateScope scope, List<TemplateText> output)
    {
        switch (statement)
        {
            case WriteText text:
                Write(text.Text, text.Line, output);
                return Flow.On;
            case WriteValue value:
                Write(TemplateValues.Written(_evaluator.Value(value.Value, scope)), value.Line, output);
                return Flow.On;
            case If choice:
                var taken = choice.Branches.FirstOrDefault(
                    branch => branch.When is null || TemplateValues.IsTrue(_evaluator.Value(branch.When, scope)));
                return taken.Body is null ? Flow.On : Run(taken.Body, scope, output);
            case For loop:
                return Loop(loop, scope, output);
            case SetTo set:
                Assign(set, _evaluator.Value(set.Value, scope), scope);
                return Flow.On;
            case SetToBlock set:
                scope[set.Name] = Written(set.Body, new TemplateScope(scope));
                return Flow.On;
            case MacroOf macro:
                scope[macro.Name] = new TemplateFunction(macro.Name, call => Invoke(macro, call, scope));
                return Flow.On;
            case Leave leave:
                return leave.Loop ? Flow.Break : Flow.Continue;
            default:
                throw ChatTemplateException.At(statement.Line, $"the statement {statement.GetType().Name} cannot be run");
        }
    }

    private Flow Loop(For loop, TemplateScope scope, List<TemplateText> output)
    {
        var items = TemplateFilters.Items(_evaluator.Value(loop.Items, scope), Nothing(loop.Line, "for"));
        if (loop.When is not null)
        {
            items = [.. items.Where(item => TemplateValues.IsTrue(_evaluator.Value(loop.When, Bound(loop, item, scope))))];
        }

        for (var i = 0; i < items.Count; i++)
        {
            _limits.Step(loop.Line);
            var inner = Bound(loop, items[i], scope);
            inner["loop"] = State(items, i);
            if (Run(loop.Body, inner, output) == Flow.Break)
            {
                break;
            }
        }

        return items.Count == 0 ? Run(loop.Otherwise, new TemplateScope(scope), output) : Flow.On;
    }

    private static Dictionary<string, object?> State(IReadOnlyList<object?> items, int index) => new(StringComparer.Ordinal)
    {
        ["index"] = index + 1L,
        ["index0"] = (long)index,
        ["revindex"] = (long)(items.Count - index),
        ["revindex0"] = items.Count - index - 1L,
        ["first"] = index == 0,
        ["last"] = index == items.Count - 1,
        ["length"] = (long)items.Count,
        ["previtem"] = index > 0 ? items[index - 1] : new Undefined("previtem"),
        ["nextitem"] = index + 1 < items.Count ? items[index + 1] : new Undefined("nextitem"),
    };

    private static TemplateScope Bound(For loop, object? item, TemplateScope scope)
    {
        var inner = new TemplateScope(scope);
        foreach (var (name, value) in Unpacked(loop.Names, item, loop.Line))
        {
            inner[name] = value;
        }

        return inner;
    }

    private static IEnumerable<(string Name, object? Value)> Unpacked(IReadOnlyList<string> names, object? value, int line) =>
        names.Count == 1 ? [(names[0], value)]
        : value is IReadOnlyList<object?> list && list.Count == names.Count ? names.Zip(list)
        : throw ChatTemplateException.At(line, $"{names.Count} names cannot take {TemplateValues.KindOf(value)} apart");

    private static void Assign(SetTo set, object? value, TemplateScope scope)
    {
        var values = Unpacked([.. set.Targets.Select(target => target.Name)], value, set.Line);
        foreach (var ((name, member), (_, part)) in set.Targets.Zip(values))
        {
            if (member is null)
            {
                scope[name] = part;
            }
            else if (scope[name] is TemplateNamespace space)
            {
                space.Members[member] = part;
            }
            else
            {
                throw ChatTemplateException.At(set.Line, $"'{name}.{member}' cannot be set: '{name}' is no namespace");
            }
        }
    }

    private TemplateText Invoke(MacroOf macro, CallValues call, TemplateScope scope)
    {
        if (scope.Calls >= TemplateLimits.Calls)
        {
            throw ChatTemplateException.At(macro.Line, $"the macro '{macro.Name}' calls itself without end");
        }

        var inner = new TemplateScope(scope) { Calls = scope.Calls + 1 };
        inner[macro.Name] = new TemplateFunction(macro.Name, again => Invoke(macro, again, inner));
        for (var i = 0; i < macro.Parameters.Count; i++)
        {
            var (name, standard) = macro.Parameters[i];
            var missing = new Undefined(name);
            var value = call.Get(i, name, missing);
            inner[name] = ReferenceEquals(value, missing) && standard is not null ? _evaluator.Value(standard, inner) : value;
        }

        return Written(macro.Body, inner);
    }

    private void Write(TemplateText text, int line, List<TemplateText> output)
    {
        _limits.Write(line, text.Value.Length);
        output.Add(text);
    }

    private static CallValues Nothing(int line, string what) => new($"'{what}'", line, [], new Dictionary<string, object?>());
}
