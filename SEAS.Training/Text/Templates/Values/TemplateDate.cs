using System.Globalization;
using System.Text;

namespace SEAS.Training.Text.Templates.Values;

/// <summary>The day that it is for every chat template: <c>strftime_now(format)</c>.</summary>
/// <remarks>One day for all runs, since a run that is done again must give the same prompts. It is the day that the published templates of
/// Llama 3.1 and 3.2 fall back to where nobody tells them the date, so these write what they wrote without the function.</remarks>
internal static class TemplateDate
{
    private static readonly DateTime s_day = new(2024, 7, 26, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The day in words.</summary>
    public static string Words => s_day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The date in C's format: what Python's <c>strftime</c> gives in the locale C.</summary>
    /// <exception cref="ChatTemplateException">The format asks for something that is not known.</exception>
    public static TemplateText Format(CallValues call)
    {
        var format = call.Text(0, "format").Value;
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            var bare = i + 1 < format.Length && format[i + 1] == '-';   // without leading zeros
            i += bare ? 2 : 1;
            var part = i < format.Length ? Part(format[i]) : null;
            text.Append(part is null ? throw call.Wrong($"the format '{format}' asks for what is not known here")
                : bare ? part.TrimStart('0') is { Length: > 0 } rest ? rest : "0" : part);
        }

        return TemplateText.Own(text.ToString());
    }

    private static string? Part(char letter) => letter switch
    {
        'Y' => Net("yyyy"),
        'y' => Net("yy"),
        'm' => Net("MM"),
        'd' => Net("dd"),
        'e' => s_day.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'B' => Net("MMMM"),
        'b' or 'h' => Net("MMM"),
        'A' => Net("dddd"),
        'a' => Net("ddd"),
        'H' => Net("HH"),
        'I' => Net("hh"),
        'M' => Net("mm"),
        'S' => Net("ss"),
        'p' => Net("tt"),
        'f' => Net("ffffff"),
        'j' => s_day.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'F' => Net("yyyy-MM-dd"),
        'T' => Net("HH:mm:ss"),
        'D' or 'x' => Net("MM/dd/yy"),
        'X' => Net("HH:mm:ss"),
        'Z' or 'z' => string.Empty,   // Python's now() has no zone
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        _ => null,
    };

    private static string Net(string format) => s_day.ToString(format, CultureInfo.InvariantCulture);
}
