using SEAS.Training.Text.Templates.Reading;
using SEAS.Training.Text.Templates.Values;

namespace SEAS.Training.Text.Templates;

/// <summary>Gives expressions their values.</summary>
internal sealed class Evaluator(TemplateLimits limits)
{
    /// <summary>The value of an expression.</summary>
    public object? Value(Expression expression, TemplateScope scope)
    {
        limits.Step(expression.Line);
        switch (expression)
        {
            case Constant constant:
                return constant.Value;
            case Variable variable:
                return scope[variable.Name];
            case ListOf list:
                return list.Items.Select(item => Value(item, scope)).ToList();
            case MappingOf mapping:
                return Mapping(mapping, scope);
            case Member member:
                return MemberOf(Value(member.Of, scope), member);
            case ItemAt item:
                return ItemOf(Value(item.Of, scope), Value(item.Key, scope), item.Line);
            case SliceOf slice:
                return Slicing.Of(Value(slice.Of, scope), Part(slice.From), Part(slice.To), Part(slice.Step), slice.Line);
            case Call call:
                return Invoke(Value(call.Callee, scope), call, scope);
            case Filtered filtered:
                return TemplateFilters.Apply(filtered.Name, Value(filtered.Of, scope),
                    Given($"the filter '{filtered.Name}'", filtered.Line, filtered.Arguments, scope));
            case Tested tested:
                return tested.Negated != TemplateTests.Holds(tested.Name, Value(tested.Of, scope),
                    Given($"the test '{tested.Name}'", tested.Line, tested.Arguments, scope));
            case Unary unary:
                return Signed(unary, Value(unary.Of, scope));
            case Binary { Operator: "and" } both:
                return Value(both.Left, scope) is var left && !TemplateValues.IsTrue(left) ? left : Value(both.Right, scope);
            case Binary { Operator: "or" } either:
                return Value(either.Left, scope) is var first && TemplateValues.IsTrue(first) ? first : Value(either.Right, scope);
            case Binary binary:
                var (one, other) = (Value(binary.Left, scope), Value(binary.Right, scope));
                return Counted(Operators.Apply(binary.Operator, one, other, binary.Line), binary);
            case Conditional choice:
                return TemplateValues.IsTrue(Value(choice.When, scope)) ? Value(choice.Then, scope)
                    : choice.Otherwise is { } otherwise ? Value(otherwise, scope)
                    : new Undefined("else");
            default:
                throw ChatTemplateException.At(expression.Line, $"{expression.GetType().Name} has no value");
        }

        object? Part(Expression? part) => part is null ? null : Value(part, scope);
    }

    private Dictionary<string, object?> Mapping(MappingOf mapping, TemplateScope scope)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Items)
        {
            result[Value(key, scope) is TemplateText name ? name.Value
                : throw ChatTemplateException.At(key.Line, "the keys of a mapping should be texts")] = Value(value, scope);
        }

        return result;
    }

    // A method comes before an item of the same name, as in Jinja: `message.items` is what can be called.
    private static object? MemberOf(object? value, Member member)
    {
        var method = value switch
        {
            TemplateText text => TextMethods.Find(text, member.Name),
            Dictionary<string, object?> mapping => MappingMethods.Find(mapping, member.Name),
            _ => null,
        };
        if (method is not null)
        {
            return new TemplateFunction(member.Name, method);
        }

        return value switch
        {
            Dictionary<string, object?> mapping when mapping.TryGetValue(member.Name, out var item) => item,
            TemplateNamespace space when space.Members.TryGetValue(member.Name, out var item) => item,
            Undefined or null => throw ChatTemplateException.At(
                member.Line, $"'{member.Name}' is asked of {TemplateValues.KindOf(value)}"),
            TemplateText => throw ChatTemplateException.At(member.Line, $"the method '{member.Name}' of texts is not known"),
            IReadOnlyList<object?> => throw ChatTemplateException.At(member.Line, $"the method '{member.Name}' of lists is not known"),
            _ => new Undefined(member.Name),
        };
    }

    private static object? ItemOf(object? value, object? key, int line)
    {
        switch (value, key)
        {
            case (Dictionary<string, object?> mapping, TemplateText name):
                return mapping.TryGetValue(name.Value, out var item) ? item : new Undefined(name.Value);
            case (TemplateNamespace space, TemplateText name):
                return space.Members.TryGetValue(name.Value, out var member) ? member : new Undefined(name.Value);
            case (IReadOnlyList<object?> list, long index):
                index += index < 0 ? list.Count : 0;
                return index >= 0 && index < list.Count ? list[(int)index] : new Undefined($"item {index}");
            case (TemplateText text, long index):
                index += index < 0 ? text.Value.Length : 0;
                return index >= 0 && index < text.Value.Length ? text.Slice((int)index, 1) : new Undefined($"letter {index}");
            case (Undefined or null, _):
                throw ChatTemplateException.At(line, $"an item is asked of {TemplateValues.KindOf(value)}");
            default:
                return new Undefined("item");
        }
    }

    private object? Invoke(object? callee, Call call, TemplateScope scope)
    {
        if (callee is not TemplateFunction function)
        {
            throw ChatTemplateException.At(call.Line, callee is Undefined missing
                ? $"the function '{missing.Name}' is not known"
                : $"{TemplateValues.KindOf(callee)} cannot be called");
        }

        var given = Given($"'{function.Name}'", call.Line, call.Arguments, scope);
        var result = function.Invoke(given);
        given.Done();
        return Counted(result, call);
    }

    private CallValues Given(string what, int line, Arguments arguments, TemplateScope scope) => new(
        what,
        line,
        arguments.InOrder.Select(argument => Value(argument, scope)).ToList(),
        arguments.Named.ToDictionary(argument => argument.Name, argument => Value(argument.Value, scope), StringComparer.Ordinal));

    private static object Signed(Unary unary, object? value) => (unary.Operator, value) switch
    {
        ("not", _) => !TemplateValues.IsTrue(value),
        ("-", long number) => -number,
        ("-", double number) => -number,
        ("+", long or double) => value,
        _ => throw ChatTemplateException.At(unary.Line, $"'{unary.Operator}' does not work on {TemplateValues.KindOf(value)}"),
    };

    // Texts and lists that grow are what a template without end makes.
    private object? Counted(object? value, Expression expression)
    {
        limits.Write(expression.Line, value switch
        {
            TemplateText text => text.Value.Length,
            IReadOnlyList<object?> list => list.Count,
            _ => 0,
        });
        return value;
    }
}
