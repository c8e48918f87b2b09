using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using SEAS.Data.Contracts;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Web.Commands;

/// <summary><c>study tokenizer</c>: how fast a folder's tokenizer reads a text, on one processor.</summary>
internal static class TokenizerStudyCommand
{
    private const int Repeats = 3;
    private const int OneLetter = 1_000_000;

    private static readonly Argument<DirectoryInfo[]> s_models = new("folder")
    {
        Description = "Model folders, or folders with a tokenizer alone.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<FileInfo> s_text = new("--text")
    {
        Description = "The text, UTF-8; each line is read by itself.",
        HelpName = "FILE",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command("tokenizer", "How fast tokenizers read a text and write it again, on one processor.")
        {
            s_models, s_text,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var lines = File.ReadAllLines(arguments.GetValue(s_text)!.FullName);
        var bytes = lines.Sum(line => (long)Encoding.UTF8.GetByteCount(line));
        Console.WriteLine($"{"",-24} {"tokens",12} {"read MB/s",10} {"write MB/s",10} {"one letter, s",14}");
        foreach (var folder in arguments.GetValue(s_models)!)
        {
            var tokenizer = Tokenizer.Load(folder.FullName);
            int[][] ids = [];
            var reading = Best(() => ids = [.. lines.Select(line => tokenizer.Encode(line))]);
            var writing = Best(() => Array.ForEach(ids, line => tokenizer.Decode(line)));
            var letters = Best(() => tokenizer.Encode(new string('a', OneLetter)));
            var tokens = ids.Sum(line => (long)line.Length);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{folder.Name,-24} {tokens,12:N0} {bytes / 1e6 / reading,10:0.0} {bytes / 1e6 / writing,10:0.0} {letters,14:0.00}"));
        }

        return ExitCodes.Success;
    }

    private static double Best(Action work) => Enumerable.Range(0, Repeats).Min(_ =>
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    });
}
