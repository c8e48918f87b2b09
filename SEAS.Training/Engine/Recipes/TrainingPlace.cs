using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SEAS.Training.Engine.Randomness;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Recipes;

/// <summary>How far a training is: takes it up where it was kept, counts its steps and tokens, and keeps it where that is asked for.</summary>
internal sealed class TrainingPlace
{
    private readonly ITrainingSaves? _saves;
    private readonly BatchPlan _plan;
    private readonly string _training;
    private int _saved;   // the step that was kept last

    private TrainingPlace(ITrainingSaves? saves, BatchPlan plan, string training) => (_saves, _plan, _training) = (saves, plan, training);

    /// <summary>Nothing is kept.</summary>
    public static TrainingPlace Unkept(BatchPlan plan) => new(saves: null, plan, "");

    /// <summary>The beginning of a training; <see cref="TakeUp"/> moves it.</summary>
    /// <param name="saves">Where it is kept; null keeps nothing.</param>
    /// <param name="plan">Its steps.</param>
    /// <param name="settings">How it learns.</param>
    /// <param name="order">The stream that it draws from, where it stands once everything was drawn.</param>
    /// <param name="sequences">The ids of everything that is learnt, in order.</param>
    public static TrainingPlace Of(
        ITrainingSaves? saves, BatchPlan plan, TrainingSettings settings, RandomStream order, IEnumerable<int[]> sequences) =>
        saves is null ? Unkept(plan) : new TrainingPlace(saves, plan, Name(plan, settings, order, sequences));

    /// <summary>A row's ids and its weight, for the name of a training.</summary>
    public static IEnumerable<int[]> Sequences(SftExample row) =>
        [row.Prompt, row.Answer, [BitConverter.SingleToInt32Bits((float)row.Weight)]];

    /// <summary>Steps taken.</summary>
    public int Step { get; private set; }

    /// <summary>Tokens trained on.</summary>
    public long Tokens { get; private set; }

    /// <summary>Puts back what was kept.</summary>
    /// <param name="state">Everything that the next step depends on.</param>
    /// <returns>Whether the training goes on after a step that was kept.</returns>
    public bool TakeUp(Func<IReadOnlyList<(string Name, Tensor Value)>> state)
    {
        if (_saves?.Restore(_training, state()) is not { } at)
        {
            return false;
        }

        (Step, Tokens, _saved) = (at.Step, at.Tokens, at.Step);
        _saves.TakenUp(at, [.. _plan.Steps.Take(at.Step).Select(step =>
            ((IReadOnlyList<int>)[.. step.Examples], (IReadOnlyList<int>)[.. step.General]))]);
        return true;
    }

    /// <summary>A step was taken and reported.</summary>
    /// <param name="tokens">Tokens that it trained on.</param>
    public void Passed(long tokens)
    {
        Step++;
        Tokens += tokens;
    }

    /// <summary>Keeps the training if it is time.</summary>
    /// <param name="state">Everything that the next step depends on.</param>
    /// <param name="stopping">Whether it was told to stop.</param>
    public void SaveIfDue(Func<IReadOnlyList<(string Name, Tensor Value)>> state, bool stopping = false)
    {
        if (_saves is not null && Step > _saved && Step < _plan.Steps.Count && _saves.IsDue(Step, stopping))
        {
            _saves.Save(new SavedStep(_training, Step, Tokens), state());
            _saved = Step;
        }
    }

    /// <summary>Leaves a training that was told to stop, between two steps: what it did so far is kept if that is worth it.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public void StopIfAsked(CancellationToken cancellation, Func<IReadOnlyList<(string Name, Tensor Value)>> state)
    {
        if (cancellation.IsCancellationRequested)
        {
            SaveIfDue(state, stopping: true);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static string Name(BatchPlan plan, TrainingSettings settings, RandomStream order, IEnumerable<int[]> sequences)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<double> next = stackalloc double[1];
        order.Peek(next);
        Add(settings.ToString());
        Add(string.Join(',', settings.Lora?.Targets ?? []));
        Add(next[0].ToString("R", CultureInfo.InvariantCulture));
        foreach (var pass in plan.Steps.SelectMany(step => step.Passes))
        {
            Add($"{string.Join(' ', pass.Examples)}+{string.Join(' ', pass.General)}");
        }

        foreach (var ids in sequences)
        {
            Add(string.Join(' ', ids));
        }

        return Convert.ToHexStringLower(sum.GetHashAndReset());

        void Add(string text) => sum.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }
}
