using System.Text;
using SEAS.Data.Text;
using Spectre.Console;

namespace SEAS.Web.Commands;

/// <summary>The one door to the terminal: whatever any verb or log prints, text from outside reaches it visible and without effect.</summary>
/// <remarks>
/// <see cref="Guard"/> puts a writer behind <see cref="Console"/> itself, so no verb has to think of it. Only what is drawn here, a line that is
/// written over and the codes of tables and bars, goes round it.
/// </remarks>
internal static class Terminal
{
    private static readonly TextWriter s_output = Console.Out;
    private static readonly TextWriter s_errors = Console.Error;
    private static int s_isGuarded;

    /// <summary>Puts the guard in place. The first thing that the program does; a second call changes nothing.</summary>
    public static void Guard()
    {
        if (Interlocked.Exchange(ref s_isGuarded, 1) == 0)
        {
            Console.SetOut(new VisibleWriter(s_output));
            Console.SetError(new VisibleWriter(s_errors));
        }
    }

    /// <summary>A line on the error stream in place of the one before; nothing where that stream is no terminal.</summary>
    public static void Overwrite(string line)
    {
        if (!Console.IsErrorRedirected)
        {
            s_errors.Write($"\r{Shown.Visibly(line)}\r");
        }
    }

    /// <summary>Tables on the output stream.</summary>
    public static IAnsiConsole Tables() => Drawing(new Drawn(s_output, !Console.IsOutputRedirected));

    /// <summary>Bars and lines on the error stream.</summary>
    public static IAnsiConsole Progress() => Drawing(new Drawn(s_errors, !Console.IsErrorRedirected));

    /// <summary>A console that draws with Spectre, whose texts are made visible.</summary>
    internal static IAnsiConsole Drawing(IAnsiConsoleOutput output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = output });
        console.Pipeline.Attach(new VisibleSegments());   // the first one attached sees last, so bars too
        return console;
    }

    // Spectre knows a terminal by the console's own writer, which is guarded.
    private sealed class Drawn(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        private readonly AnsiConsoleOutput _place = new(writer);

        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => _place.Width;

        public int Height => _place.Height;

        public void SetEncoding(Encoding encoding) => _place.SetEncoding(encoding);
    }
}
