using System.Threading.Channels;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.Serving;

/// <summary>What a served model is asked.</summary>
/// <param name="Prompt">Token ids, at least one and fewer than the model has positions; as many where nothing is written.</param>
/// <param name="Sampling">How tokens are chosen, and how many at most.</param>
/// <param name="Streams">One random stream for each answer that is wanted.</param>
/// <param name="StopTexts">Texts that end an answer and are not a part of it.</param>
public sealed record ServedQuestion(
    int[] Prompt, SamplingSettings Sampling, IReadOnlyList<RandomStream> Streams, IReadOnlyList<string> StopTexts)
{
    /// <summary>How many of the likeliest tokens each place of an answer is told with, 0 or more; null where no probabilities are wanted.</summary>
    public int? Likeliest { get; init; }

    /// <summary>Whether an answer goes on where the prompt's text ended, rather than being a turn of its own: a space that it begins with is
    /// part of it then.</summary>
    public bool Continues { get; init; }

    /// <summary>Whether the prompt is repeated before the answer, and has its probabilities told with it.</summary>
    public bool Echoes { get; init; }

    /// <summary>Whether nothing is to be written: the prompt alone is wanted back.</summary>
    public bool WritesNothing { get; init; }
}

/// <summary>A piece of an answer as it comes.</summary>
/// <param name="Answer">Which answer, from 0.</param>
/// <param name="Text">The characters that are complete now; may be empty.</param>
/// <param name="Ended">Why the answer is over; null while it goes on.</param>
/// <param name="Tokens">Tokens of the answer so far.</param>
/// <param name="Places">In the last piece of an answer whose probabilities are wanted: its tokens, and before them those of a prompt that is
/// repeated; else null.</param>
public sealed record ServedPiece(int Answer, string Text, AnswerEnd? Ended, int Tokens, IReadOnlyList<TokenPlace>? Places = null);

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
