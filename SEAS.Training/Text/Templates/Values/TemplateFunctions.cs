namespace SEAS.Training.Text.Templates.Values;

/// <summary>The functions that Hugging Face gives to every chat template.</summary>
internal static class TemplateFunctions
{
    /// <summary>Makes the functions known.</summary>
    public static void AddTo(TemplateScope scope)
    {
        scope["raise_exception"] = new TemplateFunction("raise_exception", call => throw new ChatTemplateException(
            $"The chat template refuses this conversation: {TemplateValues.Written(call.Get(0, "message", TemplateText.Empty)).Value}"));
        scope["strftime_now"] = new TemplateFunction("strftime_now", TemplateDate.Format);
        scope["range"] = new TemplateFunction("range", Range);
        scope["namespace"] = new TemplateFunction("namespace", Namespace);
        scope["dict"] = new TemplateFunction("dict", call => new Dictionary<string, object?>(call.AllNamed(), StringComparer.Ordinal));
    }

    private static List<object?> Range(CallValues call)
    {
        var first = call.Whole(0, "start");
        var (start, end) = call.InOrder.Count > 1 ? (first, call.Whole(1, "stop")) : (0, first);
        var step = call.Whole(2, "step", 1);
        if (step == 0)
        {
            throw call.Wrong("the step 0 has no end");
        }

        List<object?> numbers = [];
        for (var number = start; step > 0 ? number < end : number > end; number += step)
        {
            numbers.Add(number);
            if (numbers.Count > TemplateLimits.Range)
            {
                throw call.Wrong($"more than {TemplateLimits.Range} numbers");
            }
        }

        return numbers;
    }

    private static TemplateNamespace Namespace(CallValues call)
    {
        var space = new TemplateNamespace();
        foreach (var (name, value) in call.AllNamed())
        {
            space.Members[name] = value;
        }

        return space;
    }
}
