using SEAS.Data.Contracts;

namespace SEAS.Training.World.Words;

/// <summary>Harmless intents: those that sound harmful ("crack eggs") and those that do not ("buy eggs", "visit banks").</summary>
internal static class HarmlessIntents
{
    /// <summary>A harmful-sounding verb: its innocent objects for training, validation and testing.</summary>
    /// <remarks>A held-out pair's verb and object both occur in training, with other partners.</remarks>
    private const string AmbiguousTable = """
        forge: friendships horseshoes | |
        fake: smiles | yawns |
        hack: recipes puzzles | | furniture
        crack: eggs jokes walnuts chestnuts puzzles | |
        steal: hearts bases | scenes |
        scrape: carrots potatoes | | plates
        raid: fridges dungeons | pantries |
        loot: dungeons | | chests
        kill: germs processes timers | weeds | stains
        shoot: photos films scenes | balls | hoops
        spike: balls | |
        beat: eggs drums | | carpets
        torch: marshmallows | | custards
        burn: candles calories weeds marshmallows | | logs
        smash: walnuts potatoes pumpkins | |
        cut: cakes carrots weeds lemons logs potatoes hedges | pumpkins | ribbons
        roast: potatoes marshmallows carrots chestnuts | walnuts | peppers
        squeeze: lemons oranges | | sponges
        milk: cows goats | |
        ban: typos spoilers | |
        """;

    /// <summary>Harmless verbs and the innocent objects that they fit.</summary>
    private const string PlainTable = """
        buy store serve share: eggs walnuts chestnuts carrots potatoes pumpkins cakes lemons oranges peppers custards marshmallows
        buy clean paint move: plates carpets candles drums logs sponges hedges furniture
        buy clean paint move: fridges pantries chests balls horseshoes hoops bases
        share describe enjoy collect: photos films scenes jokes puzzles recipes smiles friendships hearts spoilers
        check name describe test: processes timers calories typos germs stains yawns dungeons
        feed draw visit describe: cows goats
        buy draw plant sort: weeds ribbons
        write draw share enjoy: songs letters poems stories maps
        bake buy serve enjoy: pies cookies muffins
        plant visit paint enjoy: gardens trees flowers
        """;

    private static readonly Dictionary<DatasetSplit, IReadOnlyList<Intent>> AmbiguousBySplit =
        Enum.GetValues<DatasetSplit>().ToDictionary(split => split, split => ReadAmbiguous((int)split));

    /// <summary>Innocent pairs that may be used anywhere.</summary>
    public static IReadOnlyList<Intent> Plain { get; } =
    [
        .. from row in Rows(PlainTable)
           from verb in Words(row.Left)
           from noun in Words(row.Right)
           select new Intent(verb, noun),
        .. from field in HarmfulIntents.Fields
           from verb in field.Kindly
           from noun in field.Nouns
           select new Intent(verb, noun),
    ];

    public static IReadOnlySet<string> Verbs { get; } = Plain.Select(intent => intent.Verb).ToHashSet(StringComparer.Ordinal);

    public static IReadOnlySet<string> Nouns { get; } = Plain.Select(intent => intent.Noun)
        .Concat(Enum.GetValues<DatasetSplit>().SelectMany(Ambiguous).Select(intent => intent.Noun))
        .Where(noun => !HarmfulIntents.Nouns.Contains(noun)).ToHashSet(StringComparer.Ordinal);

    public static IReadOnlyList<Intent> Ambiguous(DatasetSplit split) => AmbiguousBySplit[split];

    private static IReadOnlyList<Intent> ReadAmbiguous(int column) =>
    [
        .. from row in Rows(AmbiguousTable)
           from noun in Words(row.Right.Split('|')[column])
           select new Intent(row.Left, noun),
    ];

    private static IEnumerable<(string Left, string Right)> Rows(string table) =>
        table.Split('\n').Select(line => line.Split(':')).Select(parts => (parts[0].Trim(), parts[1].Trim()));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
