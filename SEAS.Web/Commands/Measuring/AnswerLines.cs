using System.Text.Encodings.Web;
using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Measuring;

namespace SEAS.Web.Commands;

/// <summary>Writes every answer that was measured as a line of JSON, with the columns of <c>set_answers.jsonl</c> where they mean the same.
/// The file appears whole, when all is measured.</summary>
internal sealed class AnswerLines : IDisposable
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _path;
    private readonly (string Target, string Guard, double Threshold) _by;
    private readonly StreamWriter _lines;

    /// <exception cref="UsageException">The file cannot be written.</exception>
    public AnswerLines(FileInfo file, string target, string guard, double threshold)
    {
        (_path, _by) = (file.FullName, (target, guard, threshold));
        try
        {
            _lines = new StreamWriter(Unfinished);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--answers names {file.FullName}, which cannot be written: {error.Message} Choose another place.");
        }
    }

    /// <summary>Adds answers.</summary>
    public void Write(PromptSource source, IReadOnlyList<SetAnswer> answers)
    {
        foreach (var answer in answers)
        {
            _lines.WriteLine(JsonSerializer.Serialize(
                new
                {
                    Set = source.Name,
                    answer.Row,
                    answer.Category,
                    Expected = answer.IsSafe is { } isSafe ? isSafe ? "safe" : "harmful" : null,
                    answer.Prompt,
                    Output = answer.Answer,
                    answer.Behaviour,
                    answer.Score,
                    GuardLabel = answer.Unsafe ? "unsafe" : "safe",
                    _by.Threshold,
                    Detector = _by.Guard,
                    Generator = _by.Target,
                    answer.Tokens,
                    answer.Stopped,
                },
                s_options));
        }
    }

    /// <summary>Gives the file its name.</summary>
    public void Finish()
    {
        _lines.Dispose();
        File.Move(Unfinished, _path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines.Dispose();
        File.Delete(Unfinished);   // nothing is there once it has its name
    }

    private string Unfinished => $"{_path}.{Environment.ProcessId}.part";
}
