using SEAS.Data.Contracts;
using SEAS.Training.Lineage;
using SEAS.Web.Live.Lineage;

namespace SEAS.Web.Commands;

/// <summary>A chain as lines for a terminal: a heading for each link, its texts behind a bar, its facts in two columns.</summary>
internal static class LineageLines
{
    public static IEnumerable<string> Of(LineageChain chain)
    {
        foreach (var link in chain.Links)
        {
            yield return "";
            yield return $"{link.Kind.ToString().ToLowerInvariant(),-10} {link.Id}{(link.Id == chain.Asked ? "   ← this row" : "")}";
            foreach (var text in link.Texts)
            {
                yield return $"  {text.Name}:";
                foreach (var line in text.Text.Split('\n'))
                {
                    yield return $"  │ {line}";
                }
            }

            foreach (var fact in link.Facts)
            {
                yield return $"  {LineageWords.Name(fact),-18} {LineageWords.Value(fact.Value)}";
            }

            if (link.From.Count > 0)
            {
                yield return $"  {"from",-18} {string.Join(", ", link.From)}";
            }
        }
    }

    public static IEnumerable<string> Of(ReplayReport replay)
    {
        yield return "";
        foreach (var sentence in replay.Company)
        {
            yield return sentence;
        }

        foreach (var finding in replay.Findings.Where(finding => !finding.IsEqual))
        {
            yield return "";
            yield return $"{finding.Id}: the {finding.What} is not the same.";
            yield return $"  recorded │ {finding.Recorded.ReplaceLineEndings("\n           │ ")}";
            yield return $"  again    │ {finding.Again.ReplaceLineEndings("\n           │ ")}";
        }

        var equal = replay.Findings.Count(finding => finding.IsEqual);
        yield return replay.IsEqual
            ? $"Made again: all {equal} rows of this chain are equal, letter for letter."
            : $"Made again: {equal} of {replay.Findings.Count} rows of this chain are equal. Texts repeat on the same machine with the "
                + "same libtorch, BLAS and number of threads (docs/numerics.md); ./seas doctor shows them.";
    }
}
