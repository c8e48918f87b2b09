using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;

namespace SEAS.Training.Guards;

/// <summary>A guard behind an endpoint: the probability of its first token where the server tells it, else its word alone.</summary>
/// <param name="client">Asks.</param>
/// <param name="format">How the guard wants to be asked.</param>
/// <param name="tell">Told what the calls came to, also when they failed.</param>
internal sealed class RemoteGuard(EndpointClient client, GuardFormat format, Action<EndpointUse> tell) : IGuard
{
    private const int VerdictTokens = 24;   // "unsafe", a line's end, and the codes

    /// <inheritdoc/>
    /// <exception cref="EndpointException">It does not answer, or does not say safe or unsafe.</exception>
    public IReadOnlyList<GuardReading> Read(IReadOnlyList<(string Prompt, string Answer)> pairs, CancellationToken cancellation)
    {
        var answers = Ask(pairs, cancellation);
        var readings = answers.Select(answer => VerdictText.Read(answer, format)).ToList();
        var silent = readings.Zip(answers).Count(row => row.First is null && row.Second.Outcome == AnswerOutcome.Answered);
        if (silent > 2 && 2 * silent > readings.Count)
        {
            var odd = answers.Zip(readings).First(row => row.Second is null && row.First.Outcome == AnswerOutcome.Answered).First.Text
                .ReplaceLineEndings(" ").Trim();
            throw new EndpointException(
                $"The guard ({client.Settings.Name}) does not judge: of {readings.Count} answers {silent} begin with neither "
                + $"'{GuardPrompt.Safe}' nor '{GuardPrompt.Unsafe}', one of them \"{(odd.Length > 80 ? odd[..80] + " …" : odd)}\". "
                + $"Is it a guard of the format {format.Name}? Others: --guard-format {string.Join(", ", GuardFormat.All.Keys)}.");
        }

        return [.. readings.Select(reading => reading ?? new GuardReading(0.5) { Outcome = AnswerOutcome.Unscored })];
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private IReadOnlyList<EndpointAnswer> Ask(
        IReadOnlyList<(string Prompt, string Answer)> pairs, CancellationToken cancellation)
    {
        try
        {
            return EndpointBatch.Run(
                pairs, client.Settings.Concurrency, (pair, given) => client.AskAsync(Question(pair.Prompt, pair.Answer), given),
                cancellation);
        }
        finally
        {
            if (client.Totals.Take() is { } use)
            {
                tell(use);
            }
        }
    }

    private EndpointQuestion Question(string prompt, string answer) => new(Turns(prompt, answer), VerdictTokens)
    {
        Temperature = 0, WantsFirstTokens = true,
    };

    // A server that has a Llama Guard knows how to lay a conversation out for it; a plain completion is laid out here.
    private IReadOnlyList<(string, string)> Turns(string prompt, string answer) => client.Settings.Style switch
    {
        EndpointStyle.Completions => [("user", Marked(format.Render(Plain(prompt), Plain(answer))))],
        _ when format.IsLlamaGuard => [("user", Something(prompt)), ("assistant", Something(answer))],
        _ => [("user", format.Render(prompt, answer))],
    };

    // Servers refuse a turn without a text.
    private static string Something(string text) => string.IsNullOrWhiteSpace(text) ? "(nothing)" : text;

    // The server puts the token before it that begins a text.
    private string Marked(string text) => format.Chat switch
    {
        "llama2" => $"[INST] {text} [/INST]",
        "llama3" =>
            $"<|start_header_id|>user<|end_header_id|>\n\n{text}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
        _ => text + "\n",
    };

    // In a plain completion a server reads marks wherever they stand, also in what an attacker wrote.
    private static string Plain(string text) => text.Replace("<|", "< |", StringComparison.Ordinal)
        .Replace("[INST]", "[ INST]", StringComparison.Ordinal).Replace("[/INST]", "[ /INST]", StringComparison.Ordinal);
}
