using SEAS.Data.Contracts;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.Runs.Context;

/// <summary>A model in its role, wherever its weights are: text in, text out.</summary>
internal interface IChatModel : IDisposable
{
    /// <summary>Writes answers to user messages.</summary>
    /// <param name="messages">Each message with one stream per sample.</param>
    /// <param name="sampling">How tokens are drawn.</param>
    /// <param name="cancellation">Checked between steps.</param>
    IReadOnlyList<IReadOnlyList<Written>> Write(
        IReadOnlyList<(string Message, IReadOnlyList<RandomStream> Streams)> messages, SamplingSettings sampling,
        CancellationToken cancellation);
}

/// <summary>One generated text.</summary>
internal sealed record Written(string Text, int Tokens, bool Stopped)
{
    /// <summary>What came of asking; weights of one's own always answer.</summary>
    public AnswerOutcome Outcome { get; init; }
}
