using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Recipes;

namespace SEAS.Training.Runs.Plan;

/// <summary>A plan as JSON, its configuration hash, and changes of single numbers by name.</summary>
public static class RunPlanText
{
    private static readonly JsonSerializerOptions s_full = new(StoredJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNamingPolicy = null,
        WriteIndented = false,
    };

    private static readonly JsonSerializerOptions s_strict = new(s_full)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatCameLater } },
    };

    private static readonly JsonSerializerOptions s_tolerant = new(s_strict) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    private static readonly string[] s_later =
        [nameof(TrainingSettings.Lora), nameof(DpoSettings.Loss), nameof(TrainingSettings.GradientCheckpointing)];

    private static readonly JsonObject s_asAlways = JsonSerializer.SerializeToNode(new DpoSettings(), s_strict)!.AsObject();

    /// <summary>The plan as JSON, every number spelled out; settings that came later only where they differ from what was always
    /// done.</summary>
    public static string Write(RunPlan plan) => JsonSerializer.Serialize(plan, s_strict);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">A name is unknown or a value has the wrong type.</exception>
    public static RunPlan Read(string json) => JsonSerializer.Deserialize<RunPlan>(json, s_strict)
        ?? throw new JsonException("The plan is empty.");

    /// <summary>The plan of a run whose work shall be done: read as it was stored, or not at all.</summary>
    /// <exception cref="StoreException">The stored plan is damaged: it cannot be read, or has another hash or seed than the run.</exception>
    public static RunPlan Of(Run run)
    {
        var advice = $"Restore the data folder from a copy; what the run '{run.Id}' has written stays as it is.";
        RunPlan plan;
        try
        {
            plan = Read(run.PlanJson);
        }
        catch (JsonException error)
        {
            throw new StoreException($"The stored plan of the run '{run.Id}' is damaged: {error.Message} {advice}", error);
        }

        return Hash(plan) is var found && found == run.ConfigHash && plan.Seed == run.Seed ? plan : throw new StoreException(
            $"The stored plan of the run '{run.Id}' is damaged: its hash should be {run.ConfigHash} with the seed {run.Seed} but is {found} with the seed "
            + $"{plan.Seed}. {advice}");
    }

    /// <summary>Reads a plan that another version may have written: what this version does not know is left out, what is missing is as
    /// usual. For showing a run, never for doing its work.</summary>
    /// <exception cref="JsonException">A value has the wrong type.</exception>
    public static RunPlan ReadKnown(string json) => JsonSerializer.Deserialize<RunPlan>(json, s_tolerant)
        ?? throw new JsonException("The plan is empty.");

    /// <summary>Twelve hexadecimal digits that name a configuration: the SHA-256 of the plan without its seed and device.</summary>
    /// <remarks>Settings that came later count only where they differ from what was always done, so that older figures keep their
    /// names.</remarks>
    public static string Hash(RunPlan plan)
    {
        var standard = new RunPlan();
        var written = JsonNode.Parse(Write(plan with { Seed = 0, Device = "auto", Optimize = new(), Gates = new() }))!.AsObject();
        Leave(nameof(RunPlan.GuardFlipShare), plan.GuardFlipShare.Equals(standard.GuardFlipShare));
        Leave(nameof(RunPlan.Review), plan.Review == standard.Review);
        Leave(nameof(RunPlan.Branch), plan.Branch is null);
        Leave(nameof(RunPlan.Weights), plan.Weights == standard.Weights);
        Leave(nameof(RunPlan.SharedBase), !plan.SharedBase);
        Leave(nameof(RunPlan.Chats), plan.Chats == standard.Chats);
        Leave(nameof(RunPlan.Endpoints), plan.Endpoints == standard.Endpoints);
        Leave(nameof(RunPlan.GuardFormat), plan.GuardFormat == standard.GuardFormat);
        Leave(nameof(RunPlan.SeedSet), plan.SeedSet is null);
        Leave(nameof(RunPlan.InstructionSet), plan.InstructionSet is null);
        Leave(nameof(RunPlan.EvaluationSets), plan.EvaluationSets.Count == 0);
        if (plan.EvaluationSets.Count == 0)
        {
            written[nameof(RunPlan.Evaluation)]!.AsObject().Remove(nameof(EvaluationPlan.SetPrompts));   // says nothing without sets
        }

        foreach (var group in (JsonObject[])
            [
                written[nameof(RunPlan.RedInitialization)]!.AsObject(), written[nameof(RunPlan.TargetInitialization)]!.AsObject(),
                written[nameof(RunPlan.RedUpdate)]!.AsObject(), written[nameof(RunPlan.TargetUpdate)]!.AsObject(),
            ])
        {
            var training = group[nameof(InitializationPlan.Training)]!.AsObject();
            foreach (var later in s_later.Where(later => JsonNode.DeepEquals(training[later], s_asAlways[later])))
            {
                training.Remove(later);
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(written.ToJsonString(s_strict))))[..12];

        void Leave(string name, bool asAlways)
        {
            if (asAlways)
            {
                written.Remove(name);
            }
        }
    }

    /// <summary>Changes numbers of a plan by name, as in <c>RedUpdate.Training.LearningRate=1e-4</c>.</summary>
    /// <exception cref="RunPlanException">Names that do not exist or values that do not fit: all of them.</exception>
    public static RunPlan With(RunPlan plan, IEnumerable<string> changes)
    {
        var root = Full(plan);
        var problems = new List<string>();
        foreach (var change in changes)
        {
            if (Apply(root, change) is { } problem)
            {
                problems.Add(problem);
            }
        }

        RunPlanException.ThrowIfAny(problems);
        return Read(root.ToJsonString());
    }

    /// <summary>Every setting of a plan by its name, whether it differs from what was always done or not.</summary>
    internal static JsonObject Full(RunPlan plan) => JsonSerializer.SerializeToNode(plan, s_full)!.AsObject();

    /// <summary>Why a plan as JSON cannot be read; null if it can.</summary>
    internal static string? Misfit(JsonNode root)
    {
        try
        {
            Read(root.ToJsonString());
            return null;
        }
        catch (JsonException error)
        {
            return error.Message;
        }
    }

    private static void LeaveOutWhatCameLater(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.AttributeProvider?.IsDefined(typeof(AddedLaterAttribute), inherit: true) == true))
        {
            var always = property.Get!(Activator.CreateInstance(type.Type)!);
            property.ShouldSerialize = (_, value) => !Equals(value, always);
        }
    }

    private static string? Apply(JsonNode root, string change)
    {
        var equals = change.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
        {
            return $"'{change}' is not of the form Name.Name=value.";
        }

        var path = change[..equals].Split('.');
        var parent = root;
        foreach (var step in path[..^1])
        {
            parent = (parent as JsonObject)?[Known(parent, step) ?? step];
        }

        if (parent is not JsonObject holder || Known(holder, path[^1]) is not { } name)
        {
            return $"'{change[..equals]}' is no number of the plan. {Known(parent)}";
        }

        var before = holder[name];
        holder[name] = Parse(change[(equals + 1)..]);
        try
        {
            Read(root.ToJsonString());
            return null;
        }
        catch (JsonException)
        {
            holder[name] = before;
            return $"'{change}' does not fit: the value is now {before?.ToJsonString() ?? "null"}.";
        }
    }

    private static string? Known(JsonNode? holder, string name) =>
        (holder as JsonObject)?.Select(member => member.Key).FirstOrDefault(key => string.Equals(key, name,
            StringComparison.OrdinalIgnoreCase));

    private static string Known(JsonNode? holder) =>
        holder is JsonObject members ? $"Known here: {string.Join(", ", members.Select(member => member.Key))}." : "No such group.";

    private static JsonNode? Parse(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }
}
