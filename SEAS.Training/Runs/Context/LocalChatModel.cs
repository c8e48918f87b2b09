using SEAS.Data.Contracts;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Templates;

namespace SEAS.Training.Runs.Context;

/// <summary>A model in its role: text in, text out, with the model's own tokenizer and chat format.</summary>
internal sealed class LocalChatModel(ModelFolder folder) : IChatModel
{
    private readonly Generator _generator = new(folder.Model);

    public ModelFolder Folder => folder;

    /// <summary>What adapters learnt since the player was opened; null where there were none.</summary>
    public LoraDelta? Learnt { get; private set; }

    /// <summary>Opens one iterate of a run's model.</summary>
    public static LocalChatModel Open(LoopContext context, ModelRole role, int iteration) =>
        new(context.Plan.OpenCheckpoint(context.CheckpointFolder(role, iteration), context.Device, context.Shelf));

    /// <inheritdoc/>
    /// <remarks>A message that many samples share runs through the model once.</remarks>
    public IReadOnlyList<IReadOnlyList<Written>> Write(
        IReadOnlyList<(string Message, IReadOnlyList<RandomStream> Streams)> messages, SamplingSettings sampling,
            CancellationToken cancellation)
    {
        var requests = messages.Select(item => new GenerationRequest(Prompt(item.Message, sampling.MaxNewTokens), item.Streams)).ToList();
        return [.. _generator.Generate(requests, sampling, folder.Chat.StopIds, cancellation)
            .Select(samples => samples.Select(sample => new Written(folder.Tokenizer.Decode(sample.Ids).Trim(), sample.Ids.Length,
                sample.Stopped)).ToList())];
    }

    /// <summary>A user message as ids that leave room for the answer: what is too long loses its beginning, as a chat window
    /// does.</summary>
    public int[] Prompt(string message, int room)
    {
        var ids = folder.Chat.Prompt(new ChatMessage("user", message));
        var longest = Math.Max(16, folder.Model.Config.MaxPositions - room);
        return ids.Length <= longest ? ids : ids[^longest..];
    }

    /// <summary>Takes over what adapters learnt.</summary>
    public void Keep(LoraDelta learnt) => Learnt = learnt;

    public void Dispose()
    {
        Learnt?.Dispose();
        folder.Dispose();
    }
}
