using SEAS.Data.Datasets.Import.Sources;
using SEAS.Data.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>PyRIT's seed prompts in YAML: <c>seeds</c> (formerly <c>prompts</c>), with what holds for all of them above.</summary>
/// <remarks>Read event by event: aliases are refused, so that no short file becomes a long one.</remarks>
internal sealed class YamlSeeds : IRecordSource
{
    /// <summary>The columns that its records may have.</summary>
    public const string Value = "value", Types = "harm_categories", Source = "source", Group = "prompt_group_alias", Role = "role",
        Sequence = "sequence", Kind = "data_type", SeedType = "seed_type", Set = "name",
        AllTypes = "categories";

    private const int Deepest = 16;

    private static readonly string[] s_lists = ["seeds", "prompts"];
    private static readonly string[] s_typeNames = [Types, "harm_category"];

    public string Name => "YAML";

    public IEnumerable<FoundRecord> Read(CheckedText text)
    {
        var found = new List<FoundRecord>();
        try
        {
            var events = new Parser(new BoundedText(text));
            events.Consume<StreamStart>();
            while (!events.TryConsume<StreamEnd>(out _))
            {
                events.Consume<DocumentStart>();
                AddDocument(events, found);
                events.Consume<DocumentEnd>();
            }
        }
        catch (YamlException error)
        {
            throw Damaged(FormattableString.Invariant($"something else on line {error.Start.Line}: {error.Message.TrimEnd('.')}"), error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The parser's way of giving up on some damaged files; fuzzing found it.
            throw Damaged("something that no parser makes sense of", error);
        }

        return found;
    }

    // What stands beside the list holds for the seeds of its own document.
    private static void AddDocument(Parser events, List<FoundRecord> found)
    {
        var shared = new Dictionary<string, string>(StringComparer.Ordinal);
        var seeds = new List<(int Line, Dictionary<string, string> Fields)>();
        if (events.Accept<Scalar>(out var nothing) && nothing.Value.Length == 0)
        {
            events.Consume<Scalar>();   // a mark with no document behind it
            return;
        }

        ReadDocument(events, shared, seeds);
        if (seeds.Count == 0 && shared.ContainsKey(Value))
        {
            seeds.Add((1, []));   // a template of its own
        }

        foreach (var (line, fields) in seeds)
        {
            found.Add(Record(found.Count + 1, line, fields, shared));
        }
    }

    private static SourceFault Damaged(string found, Exception cause) =>
        new("YAML with a list of seeds", found, "Mend the file, or get it again.", cause);

    private static FoundRecord Record(int row, int line, Dictionary<string, string> fields, Dictionary<string, string> shared)
    {
        string? Of(string name) => fields.GetValueOrDefault(name) ?? shared.GetValueOrDefault(name);
        if (Of(Kind) is { } kind && kind != "text")
        {
            return new FoundRecord(
                null, new RowError(row, Kind, $"expected text, found a seed of the kind '{Shown.Shortly(kind)}' on line {line}"));
        }

        var types = s_typeNames.Select(Of).FirstOrDefault(types => types is not null);
        return new FoundRecord(
            new NamedTexts(
                row, (Value, Of(Value)), (Types, types?.Split('\n')[0]),
                (AllTypes, types?.Contains('\n', StringComparison.Ordinal) == true ? types.Replace("\n", ", ", StringComparison.Ordinal) : null),
                (Source, Of(Source)), (Set, Of(Set)),
                (Group, fields.GetValueOrDefault(Group)), (Role, fields.GetValueOrDefault(Role)),
                (Sequence, fields.GetValueOrDefault(Sequence)), (SeedType, Of(SeedType))),
            null);
    }

    private static void ReadDocument(
        Parser events, Dictionary<string, string> shared, List<(int Line, Dictionary<string, string> Fields)> seeds)
    {
        events.Consume<MappingStart>();
        while (!events.TryConsume<MappingEnd>(out _))
        {
            var name = events.Consume<Scalar>().Value;
            if (s_lists.Contains(name, StringComparer.Ordinal) && events.TryConsume<SequenceStart>(out _))
            {
                while (!events.TryConsume<SequenceEnd>(out _))
                {
                    seeds.Add(((int)events.Current!.Start.Line, Seed(events)));
                }
            }
            else
            {
                shared[name] = Text(events, 0);
            }
        }
    }

    private static Dictionary<string, string> Seed(Parser events)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!events.TryConsume<MappingStart>(out _))
        {
            fields[Value] = Text(events, 0);
            return fields;
        }

        while (!events.TryConsume<MappingEnd>(out _))
        {
            fields[events.Consume<Scalar>().Value] = Text(events, 0);
        }

        return fields;
    }

    /// <summary>A scalar; the scalars of a list or of a mapping, each on a line.</summary>
    private static string Text(Parser events, int depth)
    {
        if (depth > Deepest)
        {
            throw new YamlException(events.Current!.Start, events.Current.End, "lists are nested too deep");
        }

        if (events.TryConsume<Scalar>(out var scalar))
        {
            return scalar.Value;
        }

        var parts = new List<string>();
        if (events.TryConsume<SequenceStart>(out _))
        {
            while (!events.TryConsume<SequenceEnd>(out _))
            {
                parts.Add(Text(events, depth + 1));
            }
        }
        else
        {
            events.Consume<MappingStart>();
            while (!events.TryConsume<MappingEnd>(out _))
            {
                parts.Add(Text(events, depth + 1));
            }
        }

        return string.Join('\n', parts);
    }
}
