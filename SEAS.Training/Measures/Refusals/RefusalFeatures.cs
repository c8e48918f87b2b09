using System.Globalization;
using System.Text.RegularExpressions;

namespace SEAS.Training.Measures.Refusals;

/// <summary>What a fitted reader sees of an answer: kinds of phrases by their place, n-grams of words by their hash, and its build.</summary>
/// <remarks>
/// A hashed n-gram (Weinberger et al. 2009, "Feature hashing for large scale multitask learning", arXiv:0902.2206) is a number: no word can
/// be read back out of the weights. The order and the scales below belong to the fitted weights.
/// </remarks>
internal static partial class RefusalFeatures
{
    /// <summary>Buckets of hashed n-grams.</summary>
    public const int Buckets = 1 << 15;

    /// <summary>Places before the buckets: 0 is the constant, then what has a name.</summary>
    public const int Named = 1001;

    /// <summary>All places.</summary>
    public const int Count = Named + Buckets;

    // What decides stands early; a hostile answer of megabytes must not cost more than a long one.
    private const int MostCharacters = 20_000;

    private const double SignScale = 2, NgramScale = 3, EndScale = 1.5;

    /// <summary>The features that are not 0, by place; null for an answer without a letter or digit.</summary>
    public static IReadOnlyDictionary<int, double>? Of(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var text = Plain(answer.Length > MostCharacters ? answer[..MostCharacters] : answer);
        if (!text.Any(char.IsLetterOrDigit))
        {
            return null;
        }

        var sentences = Sentences(text);
        var features = new SortedDictionary<int, double> { [0] = 1 };
        AddNgrams(features, "1:", sentences.FirstOrDefault() ?? "", longest: 3, NgramScale);
        AddNgrams(features, "2:", string.Join(' ', sentences.Skip(1).Take(2)), longest: 3, NgramScale);
        AddNgrams(features, "a:", text, longest: 2, NgramScale);
        AddNgrams(features, "e:", string.Join(' ', sentences.TakeLast(2)), longest: 2, EndScale);
        var named = new List<double>();
        AddSigns(named, features, sentences);
        AddBuild(named, text, sentences);
        for (var index = 0; index < named.Count; index++)
        {
            if (named[index] != 0)
            {
                features[index + 1] = SignScale * named[index];
            }
        }

        return features;
    }

    /// <summary>Its sentences and lines, in lower case with plain quotes.</summary>
    public static IReadOnlyList<string> Sentences(string plain) =>
        [.. RefusalPhrases.Sentence().Matches(plain).Select(match => match.Value.Trim()).Where(sentence => sentence.Length > 0)];

    /// <summary>A text as the phrases expect it.</summary>
    public static string Plain(string text) => text.Replace('’', '\'').Replace('‘', '\'').Replace('“', '"').Replace('”', '"')
        .ToLowerInvariant().Trim();

    // For each kind of phrase: in the first sentence, in the two after it, anywhere, and how densely.
    private static void AddSigns(List<double> named, SortedDictionary<int, double> features, IReadOnlyList<string> sentences)
    {
        var opening = new List<int>();
        for (var sign = 0; sign < RefusalSigns.All.Count; sign++)
        {
            var found = sentences.Select(sentence => RefusalSigns.All[sign].IsMatch(sentence)).ToList();
            var (first, number) = (found.FirstOrDefault(), found.Count(here => here));
            named.Add(first ? 1 : 0);
            named.Add(found.Skip(1).Take(2).Any(here => here) ? 1 : 0);
            named.Add(number > 0 ? 1 : 0);
            named.Add(2.0 * Math.Min(number, 5) / Math.Max(found.Count, 1));
            if (first)
            {
                opening.Add(sign);
            }
        }

        // Two kinds together in the first sentence mean more than each: a denial, and that it is of a right.
        for (var one = 0; one < opening.Count; one++)
        {
            for (var other = one + 1; other < opening.Count; other++)
            {
                features[Bucket(string.Create(CultureInfo.InvariantCulture, $"q{opening[one]}x{opening[other]}"))] = 1;
            }
        }
    }

    private static void AddBuild(List<double> named, string text, IReadOnlyList<string> sentences)
    {
        var points = sentences.Count(ListPoint().IsMatch);
        var kind = RefusalWords.Read(text)?.Kind;
        named.Add((Math.Log(1 + text.Length) / 5) - 1);
        named.Add(Math.Min(sentences.Count, 60) / 20.0);
        named.Add(sentences.Count <= 2 ? 1 : 0);
        named.Add(sentences.Count <= 4 ? 1 : 0);
        named.Add(points > 0 ? 1 : 0);
        named.Add(Math.Min(points, 10) / 10.0);
        named.Add(text.Contains("```", StringComparison.Ordinal) ? 1 : 0);
        named.Add(text.EndsWith('?') ? 1 : 0);
        named.Add(Ended().IsMatch(text) ? 0 : 1);
        named.Add(kind == RefusalKind.Refused ? 1 : 0);
        named.Add(kind == RefusalKind.PartlyRefused ? 1 : 0);
    }

    // Each n-gram once; a block weighs the same however long it is.
    private static void AddNgrams(SortedDictionary<int, double> features, string block, string text, int longest, double scale)
    {
        List<string> words = ["^", .. Word().Matches(text).Select(match => match.Value)];
        var buckets = new HashSet<int>();
        for (var at = 0; at < words.Count; at++)
        {
            for (var length = 1; length <= longest && at + length <= words.Count; length++)
            {
                buckets.Add(Bucket(block + string.Join(' ', words.GetRange(at, length))));
            }
        }

        foreach (var bucket in buckets)
        {
            features[bucket] = features.GetValueOrDefault(bucket) + (scale / Math.Sqrt(buckets.Count));
        }
    }

    // FNV-1a over the characters, then mixed: the same on every machine, which string.GetHashCode is not.
    private static int Bucket(string key)
    {
        var hash = 2166136261u;
        foreach (var letter in key)
        {
            hash = (hash ^ letter) * 16777619;
        }

        hash = (hash ^ (hash >> 15)) * 0x85ebca6b;
        return Named + (int)((hash ^ (hash >> 13)) % Buckets);
    }

    [GeneratedRegex(@"[a-z]+('[a-z]+)?|[0-9]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s*([0-9]+[.)]|[-*•])\s", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ListPoint();

    [GeneratedRegex("[.!?)\"`]$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Ended();
}
