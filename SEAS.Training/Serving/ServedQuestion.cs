using System.Threading.Channels;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.Serving;

/// <summary>What a served model is asked.</summary>
/// <param name="Prompt">Token ids, at least one and fewer than the model has positions.</param>
/// <param name="Sampling">How tokens are chosen, and how many at most.</param>
/// <param name="Streams">One random stream for each answer that is wanted.</param>
/// <param name="StopTexts">Texts that end an answer and are not a part of it.</param>
public sealed record ServedQuestion(
    int[] Prompt, SamplingSettings Sampling, IReadOnlyList<RandomStream> Streams, IReadOnlyList<string> StopTexts);

/// <summary>A piece of an answer as it comes.</summary>
/// <param name="Answer">Which answer, from 0.</param>
/// <param name="Text">The characters that are complete now; may be empty.</param>
/// <param name="Ended">Why the answer is over; null while it goes on.</param>
/// <param name="Tokens">Tokens of the answer so far.</param>
public sealed record ServedPiece(int Answer, string Text, AnswerEnd? Ended, int Tokens);

/// <summary>Why an answer is over.</summary>
public enum AnswerEnd
{
    /// <summary>The model ended it, or it came to one of the texts that were to end it.</summary>
    Stop,

    /// <summary>It reached the most tokens that were allowed.</summary>
    Length,
}

/// <summary>A question on its way through the model.</summary>
internal sealed class PendingQuestion(ServedQuestion question, CancellationToken cancellation)
{
    private readonly Channel<ServedPiece> _pieces = Channel.CreateUnbounded<ServedPiece>();

    public ServedQuestion Question => question;

    /// <summary>Whoever asked has gone.</summary>
    public bool IsAbandoned => cancellation.IsCancellationRequested;

    public CancellationToken Cancellation => cancellation;

    public ChannelReader<ServedPiece> Pieces => _pieces.Reader;

    public void Send(ServedPiece piece) => _pieces.Writer.TryWrite(piece);

    public void End(Exception? fault = null) => _pieces.Writer.TryComplete(fault);
}
