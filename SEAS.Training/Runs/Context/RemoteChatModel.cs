using SEAS.Training.Endpoints;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.Runs.Context;

/// <summary>A model behind an endpoint in its role.</summary>
/// <remarks>Each sample is a request of its own with a seed of its own: what a server answers does not depend on what else is asked,
/// as far as that is in its hands.</remarks>
/// <param name="client">Asks.</param>
/// <param name="tell">Told what the calls came to, also when they failed.</param>
internal sealed class RemoteChatModel(EndpointClient client, Action<EndpointUse> tell) : IChatModel
{
    public IReadOnlyList<IReadOnlyList<Written>> Write(
        IReadOnlyList<(string Message, IReadOnlyList<RandomStream> Streams)> messages, SamplingSettings sampling,
        CancellationToken cancellation)
    {
        var asked = messages.SelectMany((message, place) => message.Streams.Select(stream => (
            Place: place, message.Message, Question: Question(message.Message, stream, sampling)))).ToList();
        try
        {
            var written = EndpointBatch.Run(
                asked, client.Settings.Concurrency, async (item, given) => await WriteAsync(item.Message, item.Question, given),
                cancellation);
            return [.. asked.Zip(written).GroupBy(row => row.First.Place).OrderBy(group => group.Key)
                .Select(group => group.Select(row => row.Second).ToList())];
        }
        finally
        {
            if (client.Totals.Take() is { } use)
            {
                tell(use);
            }
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<Written> WriteAsync(string message, EndpointQuestion question, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(message))
        {
            return new Written("", 0, Stopped: true);   // servers refuse an empty message, and nothing was asked
        }

        var answer = await client.AskAsync(question, cancellation);
        return new Written(answer.Text.Trim(), answer.Tokens ?? 0, answer.Stopped) { Outcome = answer.Outcome };
    }

    private static EndpointQuestion Question(string message, RandomStream stream, SamplingSettings sampling) =>
        new([("user", message)], sampling.MaxNewTokens)
        {
            Temperature = sampling.Temperature, TopP = sampling.TopP, TopK = sampling.TopK, Seed = stream.Next(int.MaxValue),
        };
}
