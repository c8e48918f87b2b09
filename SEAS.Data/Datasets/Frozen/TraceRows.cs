using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Files;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>Writes the rows that tell how others came about: who decided what, what each step learnt, what the loop noted.</summary>
internal sealed class TraceRows(RunId run)
{
    /// <summary>A label and where it belongs.</summary>
    public void Label(Utf8JsonWriter json, ReviewItem item, Decision decision)
    {
        json.WriteString("id", new LabelId(run, decision.Id).ToString());
        json.WriteString("parent", Parent(item)?.ToString());
        json.WriteString("type", item.Category);
        JsonLabelWriter.WriteMembers(json, LabelCells.Of(item, decision));
    }

    /// <summary>A decision, whether it stands or not, with all that is known of it.</summary>
    public void Decision(Utf8JsonWriter json, FrozenDecision row)
    {
        var decision = row.Decision;
        Label(json, row.Item, decision);
        json.WriteNumber("item", row.Item.Key);
        json.WriteNumber("wanted", row.Item.Wanted);
        json.WriteString("origin", LabelNames.Written<DecisionOrigin>(decision.Origin));
        json.WriteString("reason", decision.Reason);
        json.WriteNumber("guideline_version", decision.GuidelineVersion);
        json.WriteBoolean("suggestion_shown", decision.SuggestionShown);
        json.WriteString("batch", decision.Batch);
        json.WriteString("replaces", decision.Replaces is { } former ? new LabelId(run, former).ToString() : null);
        json.WriteBoolean("stands", row.Stands);
    }

    /// <summary>A step, by the places of its rows in the round's files.</summary>
    public void Step(Utf8JsonWriter json, TuningStep step)
    {
        json.WriteString("id", new StepId(run, step.Round, step.Role, step.Step).ToString());
        json.WriteNumber("round", step.Round);
        json.WriteString("role", step.Role.Name());
        json.WriteNumber("step", step.Step);
        Places(json, "pairs", step.Pairs);
        Places(json, "general", step.General);
    }

    /// <summary>What the loop noted of a unit of work.</summary>
    public static void Unit(Utf8JsonWriter json, FinishedUnit unit)
    {
        json.WriteNumber("round", unit.Key.Round);
        json.WriteString("stage", unit.Key.Stage.ToString());
        json.WriteNumber("index", unit.Key.Index);
        json.WritePropertyName("result");
        JsonElement.Parse(unit.ResultJson).WriteTo(json);
    }

    private static void Places(Utf8JsonWriter json, string name, IReadOnlyList<int> places)
    {
        json.WriteStartArray(name);
        foreach (var place in places)
        {
            json.WriteNumberValue(place);
        }

        json.WriteEndArray();
    }

    private RowId? Parent(ReviewItem item)
    {
        if (item.Source != ReviewSource.Attack)
        {
            return null;   // the harmless set is no row of a round
        }

        var prompt = new PromptId(run, item.Round, item.SeedIndex, item.PromptIndex);
        return item.Kind == ReviewKind.Answer ? prompt.Answer(item.AnswerIndex) : prompt;
    }
}
