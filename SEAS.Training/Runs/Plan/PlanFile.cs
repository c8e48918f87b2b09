using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SEAS.Training.Runs.Plan;

/// <summary>A plan as a file that a person writes or keeps: YAML, of which JSON is a part.</summary>
public static class PlanFile
{
    private const int Deepest = 16;

    /// <summary>Every setting of a plan as YAML, which <see cref="Read"/> takes back unchanged.</summary>
    public static string Write(RunPlan plan)
    {
        var text = new StringBuilder();
        text.Append("# configuration ").Append(RunPlanText.Hash(plan)).Append('\n');
        Members(text, RunPlanText.Full(plan), indent: 0);
        return text.ToString();
    }

    /// <summary>Reads a file: settings that it does not name stay as in the preset that it names.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="preset">The preset where the file names none.</param>
    /// <param name="seed">The seed where the file names none.</param>
    /// <exception cref="RunPlanException">The text is not YAML, names something unknown, or a value does not fit: all of them.</exception>
    public static RunPlan Read(string text, string preset, long seed)
    {
        var given = Parse(text);
        var name = given.FirstOrDefault(member => string.Equals(member.Key, nameof(RunPlan.Preset), StringComparison.OrdinalIgnoreCase)).Value;
        var plan = Presets.Plan(name is JsonValue value && value.TryGetValue<string>(out var named) ? named : preset, seed);
        var root = RunPlanText.Full(plan);
        var problems = new List<string>();
        Overlay(root, root, given, "", problems);
        RunPlanException.ThrowIfAny(problems);
        return RunPlanText.Read(root.ToJsonString());
    }

    // One value after the other, so that each that does not fit is named.
    private static void Overlay(JsonObject root, JsonObject holder, JsonObject given, string path, List<string> problems)
    {
        foreach (var (key, value) in given.ToList())
        {
            var name = holder.Select(member => member.Key).FirstOrDefault(known => string.Equals(known, key, StringComparison.OrdinalIgnoreCase));
            if (name is null)
            {
                problems.Add($"'{path}{key}' is no setting of a plan. Known here: {string.Join(", ", holder.Select(member => member.Key))}.");
            }
            else if (holder[name] is JsonObject group && value is JsonObject members)
            {
                Overlay(root, group, members, $"{path}{name}.", problems);
            }
            else
            {
                var before = holder[name]?.DeepClone();
                holder[name] = value?.DeepClone();
                if (RunPlanText.Misfit(root) is { } misfit)
                {
                    holder[name] = before;
                    problems.Add($"{path}{name} is {value?.ToJsonString() ?? "null"}, which does not fit: {misfit} "
                        + $"The preset's value is {before?.ToJsonString() ?? "null"}.");
                }
            }
        }
    }

    private static JsonObject Parse(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw new RunPlanException([$"The configuration is neither YAML nor JSON: line {error.Start.Line}: {error.Message}"]);
        }

        return stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root
            ? (JsonObject)Node(root, Deepest)!
            : throw new RunPlanException(["The configuration should be one table of settings (Name: value); "
                + $"found {(stream.Documents.Count == 1 ? $"a {stream.Documents[0].RootNode.NodeType}" : $"{stream.Documents.Count} documents")}."]);
    }

    private static JsonNode? Node(YamlNode node, int deep)
    {
        if (deep == 0)
        {
            throw new RunPlanException([$"The configuration is nested more than {Deepest} deep; expected the groups of a plan."]);
        }

        switch (node)
        {
            case YamlMappingNode table:
                var members = new JsonObject();
                foreach (var (key, value) in table.Children)
                {
                    members[key is YamlScalarNode { Value: { } name } ? name : $"{key}"] = Node(value, deep - 1);
                }

                return members;
            case YamlSequenceNode list:
                return new JsonArray([.. list.Children.Select(item => Node(item, deep - 1))]);
            case YamlScalarNode scalar:
                return Scalar(scalar);
            default:
                throw new RunPlanException([$"The configuration holds a {node.NodeType} on line {node.Start.Line}; expected settings and values."]);
        }
    }

    // Quoted is text; bare is what it looks like.
    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not ScalarStyle.Plain)
        {
            return JsonValue.Create(text);
        }

        return text switch
        {
            "" or "null" or "~" => null,
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) =>
                JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }

    private static void Members(StringBuilder text, JsonObject members, int indent)
    {
        foreach (var (name, value) in members)
        {
            text.Append(' ', indent).Append(name).Append(':');
            if (value is JsonObject { Count: > 0 } group)
            {
                text.Append('\n');
                Members(text, group, indent + 2);
            }
            else
            {
                // JSON is YAML; lists of records stay on one line.
                text.Append(' ').Append(value?.ToJsonString(s_oneLine) ?? "null").Append('\n');
            }
        }
    }

    private static readonly JsonSerializerOptions s_oneLine = new() { WriteIndented = false };
}
