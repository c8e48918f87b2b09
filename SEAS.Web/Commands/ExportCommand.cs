using System.CommandLine;
using System.Globalization;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Runs.Stages;
using SEAS.Web.Live;

namespace SEAS.Web.Commands;

/// <summary><c>export</c>: takes a round's datasets away in the formats that people's tools read.</summary>
internal static class ExportCommand
{
    private static readonly Argument<string> s_run = new("run") { Description = "The run, as the Runs page calls it.", HelpName = "RUN" };
    private static readonly Option<int?> s_round = new("--round") { Description = "The round; left out: all.", HelpName = "K" };

    private static readonly Option<int?> s_version = new("--version")
    {
        Description = "The version of the round's datasets; left out: the newest, with all labels so far.",
        HelpName = "N",
    };

    private static readonly Option<string> s_format =
        Options.Text("--format", "NAME", ExportFormats.Name(ExportFormat.All), $"{string.Join(", ", ExportFormats.Names)}.");

    private static readonly Option<string?> s_file = new("--file") { Description = "One file of the format alone.", HelpName = "NAME" };
    private static readonly Option<bool> s_confirmed = Options.Flag("--only-confirmed", "Only what people have labelled.");

    private static readonly Option<string[]> s_types = new("--type")
    {
        Description = "Only prompts of this type and what hangs on them; may be repeated.",
        HelpName = "TYPE",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> s_output = new("--output", "-o")
    {
        Description = "Where to write: a file, or a folder that is there. Left out: here.",
        HelpName = "PATH",
    };

    private static readonly Option<string> s_who =
        Options.Text("--who", "NAME", Environment.UserName, "Your name, for the log of exports.");

    private static readonly Option<bool> s_accept = Options.Flag("--accept-notice", "You have read the notice about harmful content.");
    private static readonly Option<bool> s_dryRun = Options.Flag("--dry-run", "Only show the files, their rows and a sample.");
    private static readonly Option<DirectoryInfo?> s_data = DataFolder.Option();

    public static Command Create()
    {
        s_format.AcceptOnlyFromAmong([.. ExportFormats.Names]);
        var command = new Command("export", "Take a round's datasets away: one file, or a zip of all.")
        {
            s_run, s_round, s_version, s_format, s_file, s_confirmed, s_types, s_output, s_who, s_accept, s_dryRun, s_data,
        };
        command.SetAction((arguments, cancellation) => Task.Run(() => Run(arguments, cancellation), cancellation));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellation)
    {
        using var store = Store.OpenToRead(DataFolder.Resolve(arguments.GetValue(s_data)), TimeProvider.System, "./seas export");
        var format = ExportFormats.Find(arguments.GetValue(s_format)!)!.Value;
        var request = new ExportRequest(
            store.Runs.Get(new RunId(arguments.GetRequiredValue(s_run))).Id,
            arguments.GetValue(s_round),
            arguments.GetValue(s_version),
            format,
            new ExportFilter(arguments.GetValue(s_confirmed), arguments.GetValue(s_types)!))
        {
            File = arguments.GetValue(s_file) is { } file ? ExportFormats.FileOf(format, file) : null,
        };
        if (request.Version is null)
        {
            FreezeStage.Refresh(store, request.Run, request.Round, cancellation);
        }

        if (arguments.GetValue(s_dryRun))
        {
            Show(store.Datasets.Preview(request));
            return ExitCodes.Success;
        }

        var who = arguments.GetValue(s_who)!;
        if (arguments.GetValue(s_accept))
        {
            if (store.DatasetAccess.IsKept)
            {
                store.DatasetAccess.Accept(who);
            }
        }
        else if (!store.DatasetAccess.HasAccepted(who))
        {
            throw new UsageException($"{DatasetNotice.Text}\nIf {who} agrees, say so once with --accept-notice.");
        }

        var export = store.Datasets.Prepare(request, new ProgressLine(), cancellation);
        var path = Write(export, arguments.GetValue(s_output), cancellation);
        if (store.DatasetAccess.IsKept)
        {
            store.DatasetAccess.Record(request, export, who, "command");
        }
        else
        {
            Console.Error.WriteLine($"The data folder {store.Folder} can only be read, so this export does not stand in its log of exports.");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}  {export.Bytes:N0} bytes  sha256 {export.Sha256}"));
        return ExitCodes.Success;
    }

    // Beside the file first: whoever looks sees all of it or nothing.
    private static string Write(PreparedExport export, string? asked, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(asked switch
        {
            null => export.FileName,
            _ when Directory.Exists(asked) => Path.Combine(asked, export.FileName),
            _ => asked,
        });
        var part = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (var from = File.OpenRead(export.Path))
            using (var to = new FileStream(part, FileMode.Create, FileAccess.Write))
            {
                var piece = new byte[1 << 20];
                for (var read = from.Read(piece); read > 0; read = from.Read(piece))
                {
                    cancellation.ThrowIfCancellationRequested();
                    to.Write(piece, 0, read);
                }
            }

            File.Move(part, path, overwrite: true);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"The export cannot be written to {path}: {error.Message} Nothing half-written remains. "
                + "Make room there or name another place with --output.", error);
        }
        finally
        {
            if (File.Exists(part))
            {
                File.Delete(part);
            }
        }
    }

    private static void Show(ExportPreview preview)
    {
        foreach (var file in preview.Files)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Rows,12:N0}  {file.Name}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{preview.Rows,12:N0}  rows in all"));
        foreach (var sample in preview.Sample)
        {
            Console.WriteLine($"\n{sample.File}");
            foreach (var row in sample.Rows)
            {
                Console.WriteLine($"  {row}");
            }
        }
    }

    /// <summary>One line on a terminal that is written over; nothing where the output is a file.</summary>
    private sealed class ProgressLine : IProgress<ExportProgress>
    {
        public void Report(ExportProgress value)
        {
            Terminal.Overwrite(string.Create(
                CultureInfo.InvariantCulture, $"{value.Rows:N0} of {value.TotalRows:N0} rows  {value.File,-40}"));
        }
    }
}
