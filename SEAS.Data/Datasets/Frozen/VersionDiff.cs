using System.Text.Json;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>What is different in a version: <c>diff.jsonl</c>, one row a line.</summary>
internal static class VersionDiff
{
    public static ManifestFile Write(FrozenVersion before, VersionPlace place)
    {
        using var file = new FrozenFile(place.Part, FrozenFiles.Diff);
        // A version of an older program has fewer files; what they would have held has not changed since.
        foreach (var name in FrozenFiles.All.Where(name => before.Holds(name)))
        {
            Compare(before.Checked(name), Path.Combine(place.Part, name), name, file);
        }

        return file.Finish();
    }

    // Attacks, answers, pairs never change their number or order, labels do; so rows that differ are matched by what names them.
    private static void Compare(string before, string after, string name, FrozenFile diff)
    {
        var gone = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var come = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        using (var old = FrozenLines.Lines(before).GetEnumerator())
        using (var now = FrozenLines.Lines(after).GetEnumerator())
        {
            for (var (more, also) = (old.MoveNext(), now.MoveNext()); more || also; (more, also) = (old.MoveNext(), now.MoveNext()))
            {
                if (more && also && old.Current.Span.SequenceEqual(now.Current.Span))
                {
                    continue;
                }

                Take(more, old.Current, come, gone);
                Take(also, now.Current, gone, come);
            }
        }

        foreach (var (id, row) in gone)
        {
            diff.Row((name, id, (JsonElement?)row, come.TryGetValue(id, out var other) ? other : (JsonElement?)null), Write);
        }

        foreach (var (id, row) in come.Where(row => !gone.ContainsKey(row.Key)))
        {
            diff.Row((name, id, (JsonElement?)null, (JsonElement?)row), Write);
        }
    }

    // A row that only moved is on both sides, the same, sooner or later.
    private static void Take(
        bool isThere, ReadOnlyMemory<byte> line, Dictionary<string, JsonElement> others, Dictionary<string, JsonElement> own)
    {
        if (!isThere)
        {
            return;
        }

        var row = JsonElement.Parse(line.Span);
        var id = Id(row);
        if (others.TryGetValue(id, out var other) && JsonElement.DeepEquals(other, row))
        {
            others.Remove(id);
        }
        else
        {
            own[id] = row;
        }
    }

    private static string Id(JsonElement row) =>
        row.TryGetProperty("id", out var id) ? id.GetString()!
        : row.TryGetProperty("name", out var name) ? $"{name.GetString()} {row.GetProperty("step").GetInt64()}"
        : "";

    private static void Write(Utf8JsonWriter json, (string File, string Id, JsonElement? Before, JsonElement? After) change)
    {
        json.WriteString("file", change.File);
        json.WriteString("id", change.Id);
        json.WriteString("change", change.Before is null ? "added" : change.After is null ? "removed" : "changed");
        json.WriteStartObject("columns");
        var columns = (change.After ?? change.Before)!.Value;
        foreach (var column in columns.EnumerateObject())
        {
            var before = Value(change.Before, column.Name);
            var after = Value(change.After, column.Name);
            if (before is { } old && after is { } now && JsonElement.DeepEquals(old, now))
            {
                continue;
            }

            json.WriteStartArray(column.Name);
            Write(json, before);
            Write(json, after);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static JsonElement? Value(JsonElement? row, string column) =>
        row is { } of && of.TryGetProperty(column, out var value) ? value : null;

    private static void Write(Utf8JsonWriter json, JsonElement? value)
    {
        if (value is { } written)
        {
            written.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
