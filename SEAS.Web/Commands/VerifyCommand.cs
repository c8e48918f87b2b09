using System.CommandLine;
using System.Globalization;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Verification;
using SEAS.Training.Engine.Torch;

namespace SEAS.Web.Commands;

/// <summary><c>verify</c>: whether an export is what it says it is.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> s_path = new("path")
    {
        Description = "A zip that export wrote, or a folder with a manifest.json.",
        HelpName = "FILE.zip",
    };

    private static readonly Option<DirectoryInfo?> s_data = new("--data")
    {
        Description = "Also look rows up in this data folder. Left out: the files are checked alone.",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var command = new Command("verify", "Check an export: checksums, counts, columns, and that rows lead back.") { s_path, s_data };
        command.SetAction((arguments, cancellation) => Task.Run(() => Run(arguments, cancellation), cancellation));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellation)
    {
        using var store = arguments.GetValue(s_data) is { } folder
            ? Store.OpenToRead(folder.FullName, TimeProvider.System, "./seas verify")
            : null;
        var report = DatasetVerifier.Verify(arguments.GetRequiredValue(s_path), store, cancellation);
        foreach (var finding in report.Findings)
        {
            var row = finding.Row is { } number ? string.Create(CultureInfo.InvariantCulture, $", row {number}") : "";
            Console.WriteLine($"{finding.File}{row}: {finding.Problem}.");
        }

        if (report.FindingCount > report.Findings.Count)
        {
            Console.WriteLine($"… and {report.FindingCount - report.Findings.Count} more.");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Kind} of run {report.Run ?? "?"}: {report.Files} files, {report.Rows:N0} rows, {report.Parents:N0} parents found")
            + (report.ParentsElsewhere == 0 ? "" : string.Create(
                CultureInfo.InvariantCulture, $", {report.ParentsElsewhere:N0} outside of it (name the store with --data to look them up)"))
            + (report.IsSound ? ". Sound." : $". {report.FindingCount} things are wrong."));
        return report.IsSound ? ExitCodes.Success : ExitCodes.Error;
    }
}
