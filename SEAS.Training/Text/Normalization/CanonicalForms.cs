using System.Globalization;
using System.Text;

namespace SEAS.Training.Text.Normalization;

/// <summary>The Unicode facts that form NFC rests on: what characters are made of, and in which order marks stand.</summary>
/// <remarks>.NET asks the system's ICU for them, which the program does without so that it runs the same everywhere.</remarks>
internal sealed class CanonicalForms
{
    private const string Resource = "SEAS.Training.Tokenization.Normalization.canonical-forms.txt";

    private readonly Dictionary<int, int[]> _parts = [];
    private readonly Dictionary<(int First, int Second), int> _wholes = [];
    private readonly Dictionary<int, byte> _classes = [];

    private CanonicalForms()
    {
        using var stream = typeof(CanonicalForms).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program was built without its resource {Resource}.");
        using var reader = new StreamReader(stream, Encoding.ASCII);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('@'))
            {
                ReadClass(line[1..].Split(' '));
            }
            else if (!line.StartsWith('#'))
            {
                ReadParts(line.Split(' '));
            }
        }
    }

    /// <summary>Read once, when the first text needs them.</summary>
    public static CanonicalForms Instance { get; } = new();

    /// <summary>What a character is made of, by one step; null if it is whole.</summary>
    public int[]? PartsOf(int code) => _parts.GetValueOrDefault(code);

    /// <summary>The character that two make together; null if there is none.</summary>
    public int? WholeOf(int first, int second) => _wholes.TryGetValue((first, second), out var whole) ? whole : null;

    /// <summary>The combining class: 0 for what begins a character, else where among marks it stands.</summary>
    public byte ClassOf(int code) => _classes.GetValueOrDefault(code);

    private void ReadParts(string[] fields)
    {
        var staysApart = fields[^1] == "!";
        var codes = (staysApart ? fields[..^1] : fields).Select(Code).ToArray();
        _parts[codes[0]] = codes[1..];
        if (!staysApart)
        {
            _wholes[(codes[1], codes[2])] = codes[0];
        }
    }

    private void ReadClass(string[] fields)
    {
        var number = byte.Parse(fields[0], CultureInfo.InvariantCulture);
        foreach (var range in fields[1..])
        {
            var ends = range.Split('-');
            for (var code = Code(ends[0]); code <= Code(ends[1]); code++)
            {
                _classes[code] = number;
            }
        }
    }

    private static int Code(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
