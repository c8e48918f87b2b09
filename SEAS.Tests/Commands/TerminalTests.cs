using System.Text;
using SEAS.Data.Text;
using SEAS.Tests.Support;
using SEAS.Web.Commands;
using Spectre.Console;

namespace SEAS.Tests.Commands;

/// <summary>Text from outside reaches a terminal visible and without effect, whichever way it is printed.</summary>
public sealed class TerminalTests
{
    [Theory]
    [InlineData("\u001b[2J", @"\x1b[2J")]                                       // clears the screen
    [InlineData("\u001b]0;title\a", @"\x1b]0;title\x07")]                       // sets the window's title
    [InlineData("\u001b]52;c;aGk=\u001b\\", @"\x1b]52;c;aGk=\x1b\")]            // sets the clipboard
    [InlineData("\u009b2J\u007f\b\0", @"\x9b2J\x7f\x08\x00")]                   // the same in one letter of C1
    [InlineData("\u202eevil\u2069\u200f\u061c", @"\u202eevil\u2069\u200f\u061c")]
    [InlineData("good\rbad\u2028", @"good\x0dbad\u2028")]                       // writes over what stood there
    [InlineData("two\r\nlines\tand a tab\n", "two\r\nlines\tand a tab\n")]
    [InlineData("plain, Größe, \u05e9\u05dc\u05d5\u05dd, \U0001F469\u200D\U0001F4BB", "plain, Größe, \u05e9\u05dc\u05d5\u05dd, \U0001F469\u200D\U0001F4BB")]
    public void What_would_act_is_written_out_and_nothing_else(string text, string seen)
    {
        Assert.Equal(seen, Shown.Visibly(text));
        Assert.Equal(seen, Written(output => output.Write(text)));
        Assert.Equal(seen, Written(output => output.Write(text.AsSpan())));
        Assert.Equal(seen + "\n", Written(output => output.WriteLine(text)));
        Assert.Equal(seen, Written(output => output.Write("{0}", text)));
    }

    [Fact]
    public void Letters_that_arrive_one_by_one_are_guarded_too() =>
        Assert.Equal(@"a\x1b[2Jb", Written(output => "a\u001b[2Jb".ToList().ForEach(output.Write)));

    [Fact]
    public void Every_letter_that_Unicode_gives_the_property_bidi_control_is_written_out()
    {
        int[] marks = [0x061C, 0x200E, 0x200F, .. Enumerable.Range(0x202A, 5), .. Enumerable.Range(0x2066, 4)];

        Assert.All(marks, mark => Assert.Equal($"\\u{mark:x4}", Shown.Visibly(((char)mark).ToString())));
    }

    [Fact]
    public void Json_means_the_same_afterwards()
    {
        var json = "{\"text\":\"\u202eabc \\u001b[2J\"}";

        using var seen = System.Text.Json.JsonDocument.Parse(Shown.Visibly(json));

        Assert.Equal("\u202eabc \u001b[2J", seen.RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public void Texts_in_tables_and_bars_are_guarded_and_the_codes_that_draw_them_are_not()
    {
        using var drawn = new StringWriter();
        var console = Terminal.Drawing(new Screen(drawn));
        console.Profile.Capabilities.Ansi = true;

        console.Write(new Table().Title("set\u001b[[2J").AddColumn("a").AddRow(new Spectre.Console.Text("cell\u001b]0;x\a")));
        console.WriteLine("line\u202e");
        console.Live(new Markup("bar\u001b[[8m")).Start(context => context.Refresh());

        var text = drawn.ToString();
        Assert.Contains(@"set\x1b[2J", text, StringComparison.Ordinal);
        Assert.Contains(@"cell\x1b]0;x\x07", text, StringComparison.Ordinal);
        Assert.Contains(@"line\u202e", text, StringComparison.Ordinal);
        Assert.Contains(@"bar\x1b[8m", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b]0;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[8m", text, StringComparison.Ordinal);
        Assert.Contains("\u001b[?25l", text, StringComparison.Ordinal);   // Spectre hides the cursor while it draws
    }

    [Fact]
    public void The_guard_is_the_first_thing_that_the_program_does()
    {
        var statements = Repository.Read("SEAS.Web/Program.cs").Split('\n')
            .Where(line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal) && !line.StartsWith("//", StringComparison.Ordinal));

        Assert.Equal("Terminal.Guard();", statements.First());
    }

    private static string Written(Action<TextWriter> write)
    {
        using var seen = new StringWriter { NewLine = "\n" };
        using var guarded = new VisibleWriter(seen) { NewLine = "\n" };
        write(guarded);
        guarded.Flush();
        return seen.ToString();
    }

    private sealed class Screen(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => 80;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
            // A text has none.
        }
    }
}
