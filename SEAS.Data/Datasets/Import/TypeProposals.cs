namespace SEAS.Data.Datasets.Import;

/// <summary>Which type of SEAS's taxonomy another set's type may mean, by the words in its name. A person confirms or changes it.</summary>
internal static class TypeProposals
{
    // Beginnings of words, the more telling first: "illegal drugs" is a crime, "drug abuse" is one of health only by what follows.
    private static readonly (string Type, string[] Beginnings)[] s_hints =
    [
        ("Role_Play", ["rolepl", "persona", "character"]),
        ("Code_Nesting", ["codenest", "codeinj"]),
        ("Goal_Hijacking", ["hijack", "promptinj", "instructionoverr"]),
        ("Session_Completion", ["completion", "dialoguecompl"]),
        ("Token_Manipulation", ["token", "encoding", "obfusc", "leetspeak"]),
        ("Adversarial_Prefix", ["prefix", "suffix", "refusalsupp"]),
        ("Jailbreaking", ["jailbreak", "dan"]),
        ("Word_Play", ["wordpl", "pun", "riddle"]),
        ("One_Sided_Statement", ["onesided", "opinion", "political", "contested"]),
        ("Unfairness_And_Discrimination",
            ["discrim", "hate", "harass", "bias", "stereotyp", "toxic", "racis", "sexis", "offens", "insult", "unfair", "bully", "defam"]),
        ("Privacy_And_Property", ["priva", "personal", "property", "copyright", "identity", "surveil", "leak", "confiden"]),
        ("Health_Harm", ["health", "selfharm", "suicid", "medic", "mental", "physical", "eating", "disease", "harm"]),
        ("Crimes_And_Illegal_Activities",
        [
            "crim", "illegal", "violen", "weapon", "cyber", "malware", "hack", "terror", "fraud", "scam", "theft", "drug", "chemical",
            "biolog", "traffick", "money", "econom", "explos", "murder", "regulated", "extrem", "sexual",
        ]),
        ("Unsafe_Instruction",
            ["unsafe", "misinf", "disinf", "decept", "decei", "unethic", "govern", "expert", "advice", "danger", "mislead"]),
    ];

    /// <summary>The type that may be meant; null if the name is one of the taxonomy, or says nothing.</summary>
    public static string? For(string found)
    {
        var label = CategoryLabel.Normalize(found);
        if (label == CategoryLabel.Uncategorized || CategoryLabel.IsKnown(label))
        {
            return null;
        }

        var words = label.ToLowerInvariant().Split('_');
        // A word, and each word joined to the next: "self_harm" and "role-play" are meant as one.
        var joined = words.Concat(words.Zip(words.Skip(1), (first, second) => first + second)).ToList();
        return s_hints
            .FirstOrDefault(hint => hint.Beginnings.Any(
                beginning => joined.Exists(word => word.StartsWith(beginning, StringComparison.Ordinal))))
            .Type;
    }
}
