using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Tests.Storage;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Measures.Grouping;

namespace SEAS.Tests.Datasets.Import.Staging;

/// <summary>Sets of more rows than are held in memory to be compared.</summary>
public sealed class LargeSetGroupTests : IDisposable
{
    private const int Pairs = 10_100;

    private static readonly string[] s_words = [.. "abcdefghijklmnopqrstuvwxyz".SelectMany(first =>
        "bcdfghjklmnpqrstvwxz".Select(second => $"{first}{second}a"))];

    private readonly StoreFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Near_duplicates_are_found_among_them_and_kept_on_one_side_whatever_the_order()
    {
        var random = new RandomStream(1, "large");
        var rows = Enumerable.Range(0, Pairs).SelectMany(_ =>
        {
            var words = Enumerable.Range(0, 25).Select(_ => random.Pick(s_words)).ToArray();
            var first = string.Join(' ', words);
            words[0] = "zzz";
            return (string[])[first, string.Join(' ', words)];
        }).ToList();

        var counts = Take("one", rows);
        var other = Take("two", Enumerable.Reverse(rows));

        Assert.Equal(SetGrouping.SketchedNearDuplicates, counts.Grouping);
        Assert.Equal((2L * Pairs, 2L), (counts.Rows, counts.LargestGroup));
        Assert.InRange(counts.Groups, Pairs, (long)(Pairs * 1.01));
        Assert.Equal((counts.Groups, counts.Train, counts.Test), (other.Groups, other.Train, other.Test));
        var sides = _at.Store.Sets.Rows("one", limit: 2 * Pairs).Select(row => row.Split).Chunk(2).ToList();
        Assert.InRange(sides.Count(pair => pair[0] != pair[1]), 0, Pairs / 100);
        Assert.Contains(sides, pair => pair[0] == DatasetSplit.Train);
        Assert.Contains(sides, pair => pair[0] == DatasetSplit.Test);
    }

    [Fact]
    public void Without_a_way_to_find_them_only_templates_are_grouped()
    {
        var rows = Enumerable.Range(0, 20_001).Select(at => $"Paint door {at}");

        var counts = _at.Store.Sets.Import.Preview(Request("numbers", rows) with { GroupStreamed = null }).Counts;

        Assert.Equal((SetGrouping.Templates, 1L), (counts.Grouping, counts.Groups));
    }

    [Theory]
    [InlineData(20_000, false, SetGrouping.NearDuplicates)]
    [InlineData(20_001, false, SetGrouping.SketchedNearDuplicates)]
    [InlineData(200_001, false, SetGrouping.Templates)]
    [InlineData(200_001, true, SetGrouping.SketchedNearDuplicates)]
    public void How_many_rows_there_are_and_what_was_asked_decide_what_is_looked_for(int rows, bool isAsked, SetGrouping expected)
    {
        var request = Request("numbers", Enumerable.Range(0, rows).Select(at => $"Door {at}")) with { GroupLarge = isAsked };

        var counts = _at.Store.Sets.Import.Preview(request).Counts;

        Assert.Equal((expected, 1L), (counts.Grouping, counts.Groups));
    }

    [Fact]
    public void It_can_be_cancelled_while_it_looks_for_them()
    {
        using var stop = new CancellationTokenSource();
        var request = Request("cancelled", Enumerable.Range(0, 20_001).Select(at => $"Paint door {at}"));

        Assert.Throws<OperationCanceledException>(() => _at.Store.Sets.Import.Apply(request, new Told(stop), stop.Token));

        Assert.Empty(_at.Store.Sets.List());
        Assert.Empty(Directory.GetFiles(Path.Combine(_at.Folder, "sets")));
    }

    private SetCounts Take(string name, IEnumerable<string> rows) => _at.Store.Sets.Import.Apply(Request(name, rows)).Preview.Counts;

    private SetRequest Request(string name, IEnumerable<string> rows)
    {
        var path = Path.Combine(_at.Folder, name + ".txt");
        File.WriteAllLines(path, rows);
        return new SetRequest(path, DatasetPurpose.Seeds)
        {
            Split = new SplitShares(50, 0, 50), Group = NearDuplicates.Of, GroupStreamed = SketchedDuplicates.Of,
        };
    }

    /// <summary>Stops at the second report of the grouping.</summary>
    private sealed class Told(CancellationTokenSource stop) : IProgress<ImportProgress>
    {
        private int _times;

        public void Report(ImportProgress value)
        {
            if (value.Stage == "grouping" && ++_times == 2)
            {
                stop.Cancel();
            }
        }
    }
}
