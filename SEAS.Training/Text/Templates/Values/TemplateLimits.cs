namespace SEAS.Training.Text.Templates.Values;

/// <summary>How much a template may do: it comes with a model from elsewhere, and one that never ends must not hold up a run.</summary>
internal sealed class TemplateLimits
{
    /// <summary>Statements and expressions that one rendering may evaluate.</summary>
    public const int Steps = 2_000_000;

    /// <summary>Characters that one rendering may write or join together.</summary>
    public const int Characters = 64 << 20;

    /// <summary>Numbers that one <c>range</c> may give.</summary>
    public const int Range = 100_000;

    /// <summary>Macros that may call each other.</summary>
    public const int Calls = 100;

    private int _steps;
    private long _characters;

    /// <summary>Counts a step.</summary>
    public void Step(int line)
    {
        if (++_steps > Steps)
        {
            throw ChatTemplateException.At(line, $"it does not end: more than {Steps} steps for one conversation");
        }
    }

    /// <summary>Counts what a text costs.</summary>
    public void Write(int line, int characters)
    {
        _characters += characters;
        if (_characters > Characters)
        {
            throw ChatTemplateException.At(line, $"it writes more than {Characters} characters for one conversation");
        }
    }
}
