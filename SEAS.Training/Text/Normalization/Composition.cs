using System.Text;

namespace SEAS.Training.Text.Normalization;

/// <summary>Unicode's form NFC: letters and the marks on them become one character where there is one.</summary>
/// <remarks>Source: Unicode Standard Annex 15: take apart, order the marks, put together. Hangul by arithmetic (chapter 3.12).</remarks>
internal static class Composition
{
    private const int FirstSyllable = 0xAC00, Syllables = 11_172, FirstLead = 0x1100, Leads = 19, FirstVowel = 0x1161, Vowels = 21,
        FirstTail = 0x11A7, Tails = 28;

    /// <summary>The text in form NFC. Halves of surrogate pairs, which have no form, become U+FFFD.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var forms = CanonicalForms.Instance;
        var codes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            TakeApart(rune.Value, forms, codes);
        }

        Order(codes, forms);
        PutTogether(codes, forms);
        var result = new StringBuilder(codes.Count);
        codes.ForEach(code => result.Append(new Rune(code)));
        return result.ToString();
    }

    private static void TakeApart(int code, CanonicalForms forms, List<int> output)
    {
        if (code - FirstSyllable is >= 0 and < Syllables and var syllable)
        {
            output.Add(FirstLead + (syllable / (Vowels * Tails)));
            output.Add(FirstVowel + (syllable / Tails % Vowels));
            if (syllable % Tails > 0)
            {
                output.Add(FirstTail + (syllable % Tails));
            }

            return;
        }

        if (forms.PartsOf(code) is not { } parts)
        {
            output.Add(code);
            return;
        }

        foreach (var part in parts)
        {
            TakeApart(part, forms, output);
        }
    }

    /// <summary>Sorts each run of marks by class; marks of one class keep their order.</summary>
    private static void Order(List<int> codes, CanonicalForms forms)
    {
        for (var start = 0; start < codes.Count; start++)
        {
            var end = start;
            while (end < codes.Count && forms.ClassOf(codes[end]) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                var marks = codes.GetRange(start, end - start).OrderBy(forms.ClassOf).ToList();
                for (var i = 0; i < marks.Count; i++)
                {
                    codes[start + i] = marks[i];
                }
            }

            start = end;
        }
    }

    private static void PutTogether(List<int> codes, CanonicalForms forms)
    {
        var (kept, starter, before) = (0, -1, 0);   // `before` is the class of what was kept last behind the starter, 0 for nothing
        for (var i = 0; i < codes.Count; i++)
        {
            var (code, order) = (codes[i], forms.ClassOf(codes[i]));
            var blocked = before != 0 && before >= order;
            if (starter >= 0 && !blocked && Whole(codes[starter], code, forms) is { } whole)
            {
                codes[starter] = whole;
                continue;
            }

            (starter, before) = order == 0 ? (kept, 0) : (starter, order);
            codes[kept++] = code;
        }

        codes.RemoveRange(kept, codes.Count - kept);
    }

    private static int? Whole(int first, int second, CanonicalForms forms)
    {
        if (first - FirstLead is >= 0 and < Leads and var lead && second - FirstVowel is >= 0 and < Vowels and var vowel)
        {
            return FirstSyllable + (((lead * Vowels) + vowel) * Tails);
        }

        return first - FirstSyllable is >= 0 and < Syllables and var syllable && syllable % Tails == 0
            && second - FirstTail is > 0 and < Tails and var tail
            ? first + tail
            : forms.WholeOf(first, second);
    }
}
