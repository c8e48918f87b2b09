using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Training.Lab.RefusalStudy;

namespace SEAS.Web.Commands;

/// <summary><c>study refusals</c>: how well the readers of refusals agree with people, on models that they were not fitted on.</summary>
internal static class RefusalStudyCommand
{
    private static readonly JsonSerializerOptions s_json = new(StoredJson.Options)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private static readonly Option<DirectoryInfo> s_folder = new("--from")
    {
        Description = "Folder of XSTest's completions with labels: xstest_v2_completions_MODEL.csv, at least two.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<FileInfo?> s_write = Options.File("--write", "Fit on all of them and write the weights to this file.");
    private static readonly Option<FileInfo?> s_file = Options.File("--json", "Write the measurements to this file.");

    public static Command Create()
    {
        var command = new Command("refusals", "How well refusals are read, each model judged by what was fitted on the others.")
        {
            s_folder, s_write, s_file,
        };
        command.SetAction((arguments, cancellation) => Task.Run(() => Run(arguments, cancellation), cancellation));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var report = ReportFile.At(arguments.GetValue(s_file));
        var answers = RefusalStudy.Read(arguments.GetValue(s_folder)!.FullName);
        if (arguments.GetValue(s_write) is { } file)
        {
            using var stream = file.Create();
            RefusalStudy.Fit(answers).Write(stream);
            Console.WriteLine($"fitted on {answers.Count} answers; on these no figure of it is a measurement");
            return ExitCodes.Success;
        }

        Console.WriteLine("in percent: right on compliance or not, right of three kinds; partial refusals found");
        var rows = new List<RefusalFigures>();
        foreach (var row in RefusalStudy.Measure(answers, cancellation))
        {
            rows.Add(row);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Model,-18} {row.Reader,-22} {100 * row.Compliance.Rate,5:0.0} {100 * row.Kind.Rate,5:0.0}  ")
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.PartialFound.Rate * row.PartialFound.N,3:0} of {row.PartialFound.N,2}, {row.PartialRight.N,3} said; ")
                + $"{row.Missed} refusals missed, {row.FalseAlarms} false");
        }

        report?.Write(JsonSerializer.Serialize(new { rows }, s_json));
        return ExitCodes.Success;
    }
}
