using System.Text;
using SEAS.Data.Text;
using SEAS.Tests.Support;

namespace SEAS.Tests.Pins;

/// <summary>A text that a file of this folder holds and that must come out the same, byte for byte.</summary>
internal sealed class PinnedText
{
    private const string Folder = "SEAS.Tests/Pins";
    private const string Shown = "TestResults/pins";

    private readonly StringBuilder _text = new();

    /// <summary>A file or folder of this folder.</summary>
    public static string Place(string relative) => Path.Combine(Repository.Root, Folder, relative);

    /// <summary>Adds a section: a heading, then the text.</summary>
    public PinnedText Add(string heading, string text)
    {
        _text.Append("== ").Append(heading).Append(" ==\n").Append(Visible(text)).Append("\n\n");
        return this;
    }

    // Git turns a file's carriage returns into line feeds.
    private static string Visible(string text) => text.TrimEnd('\n').Replace("\r", "\\r", StringComparison.Ordinal);

    /// <summary>Adds a section of lines.</summary>
    public PinnedText Add(string heading, IEnumerable<string> lines) => Add(heading, string.Join('\n', lines));

    /// <summary>Fails unless the file holds exactly this. What came out is left in the folder of test results, to be compared.</summary>
    public void AssertIs(string file)
    {
        var found = _text.ToString();
        var place = Place(Path.Combine("golden", file));
        var expected = File.Exists(place) ? Encoding.UTF8.GetString(File.ReadAllBytes(place)) : "";
        if (found == expected)
        {
            return;
        }

        var shown = Path.Combine(Repository.Root, Shown, file);
        Directory.CreateDirectory(Path.GetDirectoryName(shown)!);
        File.WriteAllText(shown, found);
        var (before, after) = (expected.Split('\n'), found.Split('\n'));
        var at = before.Zip(after).TakeWhile(lines => lines.First == lines.Second).Count();
        Assert.Fail(
            $"{Folder}/golden/{file} should stay as it is, because files of earlier versions depend on it. Line {at + 1} should be\n  "
            + $"{before.ElementAtOrDefault(at) ?? "(the end)"}\nbut is\n  {after.ElementAtOrDefault(at) ?? "(the end)"}\n"
            + $"The whole text is now in {Shown}/{file}.");
    }
}
