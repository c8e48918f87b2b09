using System.Globalization;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Training.Endpoints;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Stages;
using static TorchSharp.torch;

namespace SEAS.Training.Lineage;

/// <summary>Writes and judges a unit of an attack again.</summary>
internal sealed class AttackReplay(RunRows rows, Device device)
{
    private readonly AttackWriter _writer = new(rows.Plan);

    /// <summary>Makes one unit again and compares the rows that are wanted.</summary>
    /// <returns>What was made, and how much of it is equal.</returns>
    public string Make(
        int round, int unit, IReadOnlyList<RowId> wanted, List<ReplayFinding> findings, CancellationToken cancellation)
    {
        var seeds = AttackStage.Seeds(rows.Plan.Attack, unit);
        var (from, to) = (seeds[0], seeds[^1] + 1);
        var prompts = rows.Store.Lineage.Prompts(rows.Run.Id, round, from, to);
        var responses = rows.Store.Lineage.Responses(rows.Run.Id, round, from, to);
        var verdicts = rows.Store.Lineage.Verdicts(rows.Run.Id, round, from, to);
        var again = new Dictionary<RowId, ReplayFinding>();
        Seeds(round, seeds, prompts, again);
        var left = new List<string>();
        if (IsHere(rows.Plan.Endpoints.Red, "prompts", left))
        {
            Prompts(round, prompts, again, cancellation);
        }

        if (IsHere(rows.Plan.Endpoints.Target, "answers", left))
        {
            Answers(round, prompts, responses, again, cancellation);
        }

        if (IsHere(rows.Plan.Endpoints.Judge, "verdicts", left))
        {
            Verdicts(prompts, responses, verdicts, again, cancellation);
        }

        findings.AddRange(wanted.Select(id => again.GetValueOrDefault(id)).OfType<ReplayFinding>());
        var equal = again.Values.Count(finding => finding.IsEqual);
        if (left.Count > 0)
        {
            return FormattableString.Invariant($"Round {round}, seeds {from} to {to - 1}: {equal} of {again.Count} rows that could be ")
                + $"made again are equal.{string.Concat(left)}";
        }

        return FormattableString.Invariant($"Round {round}, seeds {from} to {to - 1}: {prompts.Count} prompts, {responses.Count} answers ")
            + FormattableString.Invariant($"were written and judged again; {equal} of {again.Count} rows are equal.")
            + (rows.Parts.Inputs is null ? " The seeds are taken as recorded: the set that they were drawn from is not here." : "");
    }

    // Sampling, weights and even the model itself are in the server's hands.
    private static bool IsHere(EndpointSettings? endpoint, string what, List<string> left)
    {
        if (endpoint is not null)
        {
            left.Add(
                $" The {what} came from {endpoint.Name}: what an endpoint wrote cannot be written again, so they were left as they are.");
        }

        return endpoint is null;
    }

    private void Seeds(
        int round, List<int> seeds, IReadOnlyList<AdversarialPrompt> prompts, Dictionary<RowId, ReplayFinding> again)
    {
        if (rows.Parts.Inputs is not { } inputs)
        {
            return;
        }

        var stored = prompts.GroupBy(prompt => prompt.SeedIndex).ToDictionary(seed => seed.Key, seed => seed.First().SeedText);
        foreach (var seed in seeds.Where(stored.ContainsKey))
        {
            var id = new SeedId(rows.Run.Id, round, seed);
            again[id] = new ReplayFinding(id, "seed", stored[seed], ShownSeed.Of(inputs, round, seed).Text);
        }
    }

    // From the stored seeds, as the answers below from the stored prompts: one that differs does not make what follows differ too.
    private void Prompts(
        int round, IReadOnlyList<AdversarialPrompt> prompts, Dictionary<RowId, ReplayFinding> again, CancellationToken cancellation)
    {
        using var red = Open(ModelRole.Red, round - 1);
        var seeds = prompts.DistinctBy(prompt => prompt.SeedIndex)
            .Select(prompt => new ShownSeed(prompt.SeedIndex, prompt.Category, prompt.SeedText)).ToList();
        var written = _writer.Prompts(red, round, seeds, _ => null, cancellation)
            .ToDictionary(prompt => PromptId.Of(rows.Run.Id, prompt), prompt => prompt.Text);
        foreach (var prompt in prompts)
        {
            var id = PromptId.Of(rows.Run.Id, prompt);
            again[id] = new ReplayFinding(id, "prompt", prompt.Text, written[id]);
        }
    }

    private void Answers(
        int round, IReadOnlyList<AdversarialPrompt> prompts, IReadOnlyList<TargetResponse> responses,
        Dictionary<RowId, ReplayFinding> again, CancellationToken cancellation)
    {
        using var target = Open(ModelRole.Target, round - 1);
        var written = _writer.Answers(target, round, prompts, cancellation)
            .ToDictionary(response => AnswerId.Of(rows.Run.Id, response), response => response.Text);
        foreach (var response in responses)
        {
            var id = AnswerId.Of(rows.Run.Id, response);
            again[id] = new ReplayFinding(id, "answer", response.Text, written[id]);
        }
    }

    private void Verdicts(
        IReadOnlyList<AdversarialPrompt> prompts, IReadOnlyList<TargetResponse> responses, IReadOnlyList<Verdict> verdicts,
        Dictionary<RowId, ReplayFinding> again, CancellationToken cancellation)
    {
        var texts = prompts.ToDictionary(prompt => PromptId.Of(rows.Run.Id, prompt), prompt => prompt.Text);
        var asked = responses.Select(response => (texts[AnswerId.Of(rows.Run.Id, response).To], response.Text)).ToList();
        using var guard = rows.Parts.OpenGuard(device);
        var scores = WorsenedGuard.Scores(asked, guard.Score(asked, cancellation), rows.Plan);
        var places = responses.Select((response, place) => (Id: AnswerId.Of(rows.Run.Id, response), place))
            .ToDictionary(item => item.Id, item => item.place);
        foreach (var verdict in verdicts)
        {
            var on = new AnswerId(rows.Run.Id, verdict.Round, verdict.SeedIndex, verdict.PromptIndex, verdict.AnswerIndex);
            again[on.Verdict] = new ReplayFinding(on.Verdict, "score", Number(verdict.Score), Number(scores[places[on]]));
        }
    }

    private LocalChatModel Open(ModelRole role, int iteration) => new(rows.Plan.OpenCheckpoint(rows.Parts.Weights(role, iteration), device));

    private static string Number(double score) => score.ToString("R", CultureInfo.InvariantCulture);
}
