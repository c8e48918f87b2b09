using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live.Datasets;

namespace SEAS.Web.Commands;

/// <summary>Shows how an import goes and what it brought.</summary>
/// <remarks>Progress goes to the error stream, where a person sees it; the result to the output.</remarks>
internal sealed class ImportOutput(bool asJson) : IProgress<ImportProgress>
{
    private const int ShownTypes = 12;
    private const int ShownProblems = 10;

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly bool _isShown = !Console.IsErrorRedirected;
    private int _percent = -1;

    public void Report(ImportProgress value)
    {
        var percent = (int)(100 * value.Bytes / Math.Max(1, value.TotalBytes));
        if (_isShown && percent != _percent)
        {
            _percent = percent;
            Terminal.Overwrite(string.Create(CultureInfo.InvariantCulture, $"{value.Stage}: {value.Rows:N0} rows, {percent} % "));
        }
    }

    /// <summary>Prints what was found, and the set if it was stored.</summary>
    public void Show(SetPreview preview, ImportedSet? set)
    {
        if (_percent >= 0)
        {
            Console.Error.WriteLine();
        }

        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { set, preview }, s_json));
            return;
        }

        Console.WriteLine($"{preview.Format}: {preview.Reason}");
        var counts = preview.Counts;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.Rows:N0} rows ({counts.New:N0} new, {counts.AlreadyThere:N0} in another set, {counts.Repeated:N0} repeated), ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"{counts.Groups:N0} {ImportWords.Groups(counts.Grouping)}, ")
            + string.Create(CultureInfo.InvariantCulture, $"the largest of {counts.LargestGroup:N0}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"to learn from {counts.Train:N0}, to choose by {counts.Validation:N0}, for the end {counts.Test:N0}"));
        Console.WriteLine($"columns: {string.Join(", ", preview.Mapping.Select(pair => $"{pair.Value} → {pair.Key}"))}");
        foreach (var type in preview.Types.Take(ShownTypes))
        {
            var remark = type.IsKnown ? "" : type.Proposed is { } meant ? $"   no type of SEAS; perhaps {meant}" : "   no type of SEAS";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{type.Rows,9:N0}  {type.Type}{remark}"));
        }

        foreach (var (reason, count) in preview.LeftOut)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} left out: {reason}"));
        }

        ShowProblems(preview);
        Console.WriteLine(set is null ? "Nothing was stored." : $"Stored as '{set.Name}'.");
    }

    private static void ShowProblems(SetPreview preview)
    {
        foreach (var problem in preview.Problems.Take(ShownProblems))
        {
            Console.WriteLine($"row {problem.Row}{(problem.Column.Length > 0 ? $", {problem.Column}" : "")}: {problem.Message}");
        }

        if (preview.Counts.Problems > ShownProblems)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"… {preview.Counts.Problems:N0} problems in all; --errors FILE has every one."));
        }
    }
}
