using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Chat;
using SEAS.Training.Text.Templates;

namespace SEAS.Training.Runs.Context;

/// <summary>A model in its role: text in, text out, with the model's own tokenizer and chat format.</summary>
/// <param name="folder">The model.</param>
/// <param name="say">Tells a person what happened to what it read; null where nobody listens.</param>
internal sealed class LocalChatModel(ModelFolder folder, Action<string>? say = null) : IChatModel
{
    private readonly Generator _generator = new(folder.Model);

    public ModelFolder Folder => folder;

    /// <summary>What adapters learnt since the player was opened; null where there were none.</summary>
    public LoraDelta? Learnt { get; private set; }

    /// <summary>Opens one iterate of a run's model.</summary>
    public static LocalChatModel Open(LoopContext context, ModelRole role, int iteration) =>
        new(
            context.Plan.OpenCheckpoint(context.RecordedFolder(role, iteration), context.Device, context.Shelf),
            text => context.Publish(new AlertEvent($"{role} {iteration}: {text}")));

    /// <inheritdoc/>
    /// <remarks>A message that many samples share runs through the model once.</remarks>
    public IReadOnlyList<IReadOnlyList<Written>> Write(
        IReadOnlyList<(string Message, IReadOnlyList<RandomStream> Streams)> messages, SamplingSettings sampling,
            CancellationToken cancellation)
    {
        var cut = Cut;
        var requests = messages.Select(item => new GenerationRequest(Prompt(item.Message, sampling.MaxNewTokens), item.Streams)).ToList();
        SayCut(Cut - cut, messages.Count, "prompts");
        return [.. _generator.Generate(requests, sampling, folder.Chat.StopIds, cancellation)
            .Select(samples => samples.Select(sample => new Written(Text(sample.Ids), sample.Ids.Length, sample.Stopped)).ToList())];
    }

    /// <summary>How many prompts were too long so far.</summary>
    public int Cut { get; private set; }

    /// <summary>A user message as ids that leave room for the answer. What is too long loses the beginning of its text, as a chat window
    /// does; the template's marks stay.</summary>
    /// <param name="message">What the user says.</param>
    /// <param name="room">Tokens of the context to leave free.</param>
    /// <param name="longest">The most tokens, if that is less.</param>
    public int[] Prompt(string message, int room, int longest = int.MaxValue)
    {
        var within = Math.Min(longest, Math.Max(16, folder.Model.Config.MaxPositions - room));
        var (ids, isCut) = folder.Chat.PromptWithin([new ChatMessage("user", message)], within);
        Cut += isCut ? 1 : 0;
        return ids;
    }

    /// <summary>A prompt to learn from, with as much of it as leaves room for its answers: the most that a training would keep.</summary>
    /// <param name="message">What the user says.</param>
    /// <param name="answer">Tokens of the longest answer to it.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="room">Tokens of the context to leave free.</param>
    public int[] Prompt(string message, int answer, TrainingSettings settings, int room = 0)
    {
        var all = Truncation.Room(settings, folder.Model.Config);
        return Prompt(message, room, Math.Max(all - answer, all / 2));
    }

    /// <summary>Says how many of some texts were cut; nothing where none was.</summary>
    public void SayCut(int cut, int of, string what)
    {
        if (cut > 0)
        {
            say?.Invoke($"{cut} of {of} {what} were too long for the model's {folder.Model.Config.MaxPositions} tokens and lost the beginning "
                + "of their text. The chat template's marks are whole.");
        }
    }

    private string Text(int[] ids)
    {
        var text = folder.Tokenizer.Decode(ids);
        return folder.Chat.Thinks ? Thinking.Without(text) : text.Trim();
    }

    /// <summary>Takes over what adapters learnt.</summary>
    public void Keep(LoraDelta learnt) => Learnt = learnt;

    public void Dispose()
    {
        Learnt?.Dispose();
        folder.Dispose();
    }
}
