using System.Globalization;
using System.Text.Json;
using SEAS.Data.Attacks;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>Writes the rows of frozen files, column by column in their fixed order.</summary>
internal sealed class FrozenRows(RunId run, int round, RoundFacts facts, IReadOnlyDictionary<long, DateTimeOffset> decided)
{
    private readonly string _red = new CheckpointId(run, ModelRole.Red, round - 1).ToString();
    private readonly string _target = new CheckpointId(run, ModelRole.Target, round - 1).ToString();

    public void Attack(Utf8JsonWriter json, (AdversarialPrompt Prompt, bool IsConfirmed, string? Style) row)
    {
        var prompt = row.Prompt;
        var id = PromptId.Of(run, prompt);
        json.WriteString("id", id.ToString());
        json.WriteNumber("round", prompt.Round);
        json.WriteString("seed_id", id.From.ToString());
        json.WriteString("prompt", prompt.Text);
        json.WriteString("category", prompt.Category);
        json.WriteString("attack_style", row.Style);
        json.WriteString("red_checkpoint", _red);
        Sampling(json, facts.Prompts, prompt.SeedIndex, prompt.PromptIndex);
        json.WriteString("seed_prompt", prompt.SeedText);
        json.WriteNumber("tokens", prompt.Tokens);
        json.WriteBoolean("stopped", prompt.Stopped);
        Truth(json, "asks_harm", prompt.AsksHarm);
        json.WriteBoolean("confirmed", row.IsConfirmed);
    }

    public void Answer(Utf8JsonWriter json, (FrozenAnswer Answer, bool IsConfirmed) row)
    {
        var (answer, isConfirmed) = row;
        var id = Id(answer);
        json.WriteString("id", id.ToString());
        json.WriteNumber("round", answer.Round);
        json.WriteString("prompt_id", id.To.ToString());
        json.WriteString("category", answer.Category);
        json.WriteString("answer", answer.Answer);
        json.WriteString("target_checkpoint", _target);
        Sampling(json, facts.Answers, answer.SeedIndex, answer.PromptIndex, answer.AnswerIndex);
        json.WriteNumber("tokens", answer.Tokens);
        json.WriteBoolean("stopped", answer.Stopped);
        json.WriteBoolean("confirmed", isConfirmed);
    }

    public void Verdict(Utf8JsonWriter json, (FrozenAnswer Answer, AnswerLabel? Label) row)
    {
        var (answer, label) = row;
        var id = Id(answer);
        var guard = answer.Unsafe == true;
        json.WriteString("id", id.Verdict.ToString());
        json.WriteString("attempt_id", id.ToString());
        json.WriteString("prompt", answer.Prompt);
        json.WriteString("output", answer.Answer);
        json.WriteNumber("score", answer.Score ?? 0);
        json.WriteString("label", Word(label?.Effective ?? guard));
        json.WriteString("category", answer.Category);
        json.WriteString("detector", facts.Guard);
        json.WriteString("generator", _target);
        json.WriteString("run_id", run.Value);
        json.WriteString("human_label", label?.Said is { } said ? Word(said) : null);
        json.WriteString("annotator", label?.Label is { } by ? string.Join(", ", by.Annotators) : null);
        json.WriteString("edited_at", Edited(label));
        json.WriteString("guard_label", Word(guard));
        json.WriteNumber("threshold", facts.GuardThreshold);
        json.WriteBoolean("prompt_invalid", label?.IsPromptInvalid == true);
        json.WriteStartArray("label_ids");
        foreach (var decision in label?.Label?.Decisions ?? [])
        {
            json.WriteStringValue(new LabelId(run, decision).ToString());
        }

        json.WriteEndArray();
        json.WriteString("true_kind", answer.TrueKind);
        json.WriteString("true_label", answer.TrulyUnsafe is { } truly ? Word(truly) : null);
        json.WriteBoolean("confirmed", label?.Said is not null);
    }

    public void Pair(Utf8JsonWriter json, (PreferencePair Pair, string? Category, bool IsConfirmed) row)
    {
        var pair = row.Pair;
        var (chosen, rejected) = PairSource.Of(pair);
        json.WriteString("id", PairId.Of(run, pair).ToString());
        json.WriteNumber("round", pair.Round);
        json.WriteString("category", row.Category);
        json.WriteString("prompt", pair.Prompt);
        json.WriteString("chosen", pair.Chosen);
        json.WriteString("rejected", pair.Rejected);
        json.WriteString("chosen_id", Id(chosen));
        json.WriteString("rejected_id", Id(rejected));
        json.WriteBoolean("corrected", chosen.IsCorrected);
        json.WriteBoolean("confirmed", row.IsConfirmed);
    }

    public void General(Utf8JsonWriter json, (GeneralRow Row, int Index) general)
    {
        var (row, index) = general;
        json.WriteString("id", new GeneralRowId(run, round, row.Role, index).ToString());
        json.WriteNumber("round", round);
        json.WriteString("role", row.Role.Name());
        json.WriteString("prompt", row.Prompt);
        json.WriteString("answer", row.Answer);
    }

    public void Metric(Utf8JsonWriter json, (string Name, long Step, double? Value) point)
    {
        json.WriteString("name", point.Name);
        json.WriteNumber("round", round);
        json.WriteNumber("step", point.Step);
        if (point.Value is { } value)
        {
            json.WriteNumber("value", value);
        }
        else
        {
            json.WriteNull("value");
        }
    }

    public void SetAnswer(Utf8JsonWriter json, SetAnswer answer)
    {
        var id = SetAnswerId.Of(run, answer);
        json.WriteString("id", id.ToString());
        json.WriteNumber("round", answer.Iteration);
        json.WriteString("set", facts.Sets[answer.Set]);
        json.WriteNumber("row", answer.Row);
        json.WriteString("category", answer.Category);
        json.WriteString("expected", answer.IsSafe is { } isSafe ? isSafe ? "safe" : "harmful" : null);
        json.WriteString("prompt", answer.Prompt);
        json.WriteString("output", answer.Answer);
        json.WriteString("behaviour", answer.Behaviour);
        json.WriteNumber("score", answer.Score);
        json.WriteString("guard_label", Word(answer.Unsafe));
        json.WriteNumber("threshold", facts.SetThreshold);
        json.WriteString("detector", facts.Guard);
        json.WriteString("generator", id.By.ToString());
        Sampling(json, facts.SetAnswers!);
        json.WriteNumber("tokens", answer.Tokens);
        json.WriteBoolean("stopped", answer.Stopped);
    }

    private AnswerId Id(FrozenAnswer answer) => new(run, answer.Round, answer.SeedIndex, answer.PromptIndex, answer.AnswerIndex);

    private string Id(PairSource source)
    {
        var prompt = new PromptId(run, source.Round, source.Seed, source.Prompt);
        return source.Answer is { } answer ? prompt.Answer(answer).ToString() : prompt.ToString();
    }

    private static string Word(bool isUnsafe) => isUnsafe ? "unsafe" : "safe";

    private string? Edited(AnswerLabel? label) =>
        label?.Label?.Decisions.Where(decided.ContainsKey).Select(decision => decided[decision]).DefaultIfEmpty().Max() is { } at
        && at != default
            ? at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
            : null;

    private static void Sampling(Utf8JsonWriter json, SamplingFacts sampling, params ReadOnlySpan<int> indices)
    {
        json.WriteStartObject("sampling");
        json.WriteNumber("temperature", sampling.Temperature);
        json.WriteNumber("top_p", sampling.TopP);
        json.WriteNumber("top_k", sampling.TopK);
        json.WriteNumber("max_tokens", sampling.MaxTokens);
        json.WriteNumber("seed", sampling.Seed);
        json.WriteString("stream", sampling.Stream);
        json.WriteStartArray("indices");
        foreach (var index in indices)
        {
            json.WriteNumberValue(index);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Truth(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } known)
        {
            json.WriteBoolean(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
