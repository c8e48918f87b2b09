namespace SEAS.Training.Text.PreTokenizers;

/// <summary>Where byte-level text is cut into the pieces that merges may not cross.</summary>
internal enum WordRule
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>As GPT-2.</summary>
    Gpt2,

    /// <summary>As GPT-2, and every digit stands alone (SmolLM2).</summary>
    Gpt2SingleDigits,

    /// <summary>As Llama 3: up to three digits together.</summary>
    Llama3,

    /// <summary>As Qwen2: every digit stands alone.</summary>
    Qwen2,
}

/// <summary>Applies rules, and knows them by the patterns that files spell them with.</summary>
internal static class WordRules
{
    private const string Llama3Pattern = Contractions + @"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}" + Rest;
    private const string Qwen2Pattern = Contractions + @"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}" + Rest;
    private const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    private const string Contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private const string Rest = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The rule that a pattern spells, or null if it is none of those known.</summary>
    public static WordRule? Find(string pattern) => pattern switch
    {
        Llama3Pattern => WordRule.Llama3,
        Qwen2Pattern => WordRule.Qwen2,
        Gpt2Pattern => WordRule.Gpt2,
        _ => null,
    };

    /// <summary>Where the piece that starts at a place ends.</summary>
    public static int EndOf(WordRule rule, ReadOnlySpan<char> text, int start) => rule switch
    {
        WordRule.None => text.Length,
        WordRule.Gpt2 => Gpt2PreTokenizer.EndOf(text, start),
        WordRule.Gpt2SingleDigits => Gpt2PreTokenizer.EndOfWithSingleDigits(text, start),
        WordRule.Llama3 => Llama3PreTokenizer.EndOf(text, start, digits: 3),
        WordRule.Qwen2 => Llama3PreTokenizer.EndOf(text, start, digits: 1),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "No such rule."),
    };
}
