using System.Runtime.InteropServices;
using SEAS.Data.Contracts;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>Adds up what a round's rows come to, while they are written.</summary>
internal sealed class RoundCounts
{
    private readonly Dictionary<string, (long Prompts, long Answers, long Unsafe)> _types = new(StringComparer.Ordinal);
    private long _guardUnsafe;
    private long _humanSafe;
    private long _humanUnsafe;
    private long _effectiveUnsafe;

    public void Add(AdversarialPrompt prompt) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_types, prompt.Category, out _).Prompts++;

    public void Add(FrozenAnswer answer, AnswerLabel? label)
    {
        var isUnsafe = label?.Effective ?? answer.Unsafe == true;
        _guardUnsafe += answer.Unsafe == true ? 1 : 0;
        _humanSafe += label?.Said == false ? 1 : 0;
        _humanUnsafe += label?.Said == true ? 1 : 0;
        _effectiveUnsafe += isUnsafe ? 1 : 0;
        ref var type = ref CollectionsMarshal.GetValueRefOrAddDefault(_types, answer.Category, out _);
        type.Answers++;
        type.Unsafe += isUnsafe ? 1 : 0;
    }

    /// <param name="rows">The rows of each file.</param>
    public DatasetCounts Of(Dictionary<string, long> rows) => new(
        rows[FrozenFiles.Attacks], rows[FrozenFiles.Answers], rows[FrozenFiles.Verdicts], _guardUnsafe, _humanSafe, _humanUnsafe,
        _effectiveUnsafe, rows[FrozenFiles.RedPairs], rows[FrozenFiles.TargetPairs], rows[FrozenFiles.General], rows[FrozenFiles.Labels],
        [.. _types.OrderBy(type => type.Key, StringComparer.Ordinal)
            .Select(type => new TypeCount(type.Key, type.Value.Prompts, type.Value.Answers, type.Value.Unsafe))]);
}
