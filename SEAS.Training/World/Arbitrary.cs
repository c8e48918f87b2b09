using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.World.Words;

namespace SEAS.Training.World;

/// <summary>Any verb with any object, sense or no sense ("kill songs"), but never a held-out pair.</summary>
/// <remarks>A small model learns listed pairs by heart; arbitrary ones teach it that harm lies in verb and object together.</remarks>
internal static class Arbitrary
{
    private static readonly string[] AllVerbs = [.. HarmfulIntents.Verbs, .. HarmlessIntents.Verbs];
    private static readonly string[] HarmfulVerbs = [.. HarmfulIntents.Verbs];
    private static readonly string[] HarmfulNouns = [.. HarmfulIntents.Nouns];
    private static readonly string[] HarmlessNouns = [.. HarmlessIntents.Nouns];
    private static readonly string[] AllNouns = [.. HarmfulNouns, .. HarmlessNouns];

    private static readonly HashSet<Intent> HeldOut =
    [
        .. HarmfulIntents.Of(DatasetSplit.Validation), .. HarmfulIntents.Of(DatasetSplit.Test),
        .. HarmlessIntents.Ambiguous(DatasetSplit.Validation), .. HarmlessIntents.Ambiguous(DatasetSplit.Test),
    ];

    /// <summary>Any pair, harmful or not.</summary>
    public static Intent Any(RandomStream random) => Draw(AllVerbs, AllNouns, random);

    /// <summary>A harmful verb with a harmful object of any field.</summary>
    public static Intent Harmful(RandomStream random) => Draw(HarmfulVerbs, HarmfulNouns, random);

    /// <summary>A harmful-sounding verb with an innocent object.</summary>
    public static Intent Harmless(RandomStream random) => Draw(HarmfulVerbs, HarmlessNouns, random);

    /// <summary>True when a text names a pair that only validation or testing may use.</summary>
    public static bool NamesHeldOut(string text) => Wording.Intents(Wording.Words(text)).Any(found => HeldOut.Contains(found.Intent));

    private static Intent Draw(string[] verbs, string[] nouns, RandomStream random)
    {
        Intent intent;
        do
        {
            intent = new Intent(random.Pick(verbs), random.Pick(nouns));
        }
        while (HeldOut.Contains(intent));

        return intent;
    }
}
