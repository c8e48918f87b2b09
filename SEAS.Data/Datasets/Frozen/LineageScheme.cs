using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>How the ids of a run's rows are written, by an example of each kind.</summary>
internal static class LineageScheme
{
    /// <param name="run">The run.</param>
    /// <param name="hasSets">Whether it measures imported evaluation sets.</param>
    public static IReadOnlyDictionary<string, string> Of(RunId run, bool hasSets)
    {
        var prompt = new PromptId(run, Round: 1, Seed: 12, Prompt: 0);
        var scheme = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["answer"] = prompt.Answer(2).ToString(),
            ["checkpoint"] = new CheckpointId(run, ModelRole.Target, 1).ToString(),
            ["general_row"] = new GeneralRowId(run, 1, ModelRole.Target, 5).ToString(),
            ["label"] = new LabelId(run, 31).ToString(),
            ["pair"] = new PairId(run, 1, ModelRole.Red, 17).ToString(),
            ["prompt"] = prompt.ToString(),
            ["seed"] = prompt.From.ToString(),
            ["step"] = new StepId(run, 1, ModelRole.Target, 40).ToString(),
            ["verdict"] = prompt.Answer(2).Verdict.ToString(),
        };
        if (hasSets)
        {
            scheme["set_answer"] = new SetAnswerId(run, 1, 0, 17).ToString();
        }

        return scheme;
    }
}
