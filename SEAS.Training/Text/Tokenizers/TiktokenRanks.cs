using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SEAS.Training.Text.PreTokenizers;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>The file of ranks that Llama 3 calls <c>tokenizer.model</c>: one token a line, its bytes in Base64, then its rank.</summary>
/// <remarks>Two tokens are merged if what they make has a rank, the lowest rank first. A piece that is a token as a whole is that
/// token. The file names no special tokens; Llama 3's are known by their places behind the ranks.</remarks>
internal static class TiktokenRanks
{
    private const int Llama3Ranks = 128_000;
    private const int Llama3Special = 256;

    private static readonly Dictionary<int, string> s_named = new()
    {
        [0] = "<|begin_of_text|>", [1] = "<|end_of_text|>", [6] = "<|start_header_id|>", [7] = "<|end_header_id|>", [9] = "<|eot_id|>",
    };

    /// <summary>Whether a file's beginning is that of a file of ranks.</summary>
    public static bool Looks(ReadOnlySpan<byte> file)
    {
        var line = file[..Math.Max(0, file[..Math.Min(file.Length, 4096)].IndexOf((byte)'\n'))].TrimEnd((byte)'\r');
        var space = line.IndexOf((byte)' ');
        return space > 0 && Base64.IsValid(line[..space]) && line[(space + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    /// <summary>What the file says.</summary>
    /// <exception cref="InvalidDataException">A line is damaged.</exception>
    public static TokenizerDefinition Read(byte[] file, string path, TokenizerConfig config)
    {
        var ranks = Lines(file, path);
        var vocabulary = ranks.ToDictionary(entry => entry.Token, entry => entry.Rank, StringComparer.Ordinal);
        var added = config.Added().ToList();
        if (added.Count == 0 && ranks.Count == Llama3Ranks)
        {
            added = [.. Llama3Tokens()];
        }

        var model = new BpeModel(
            vocabulary, PieceMerges.Of(ranks.OrderBy(entry => entry.Rank).Select(entry => entry.Token), vocabulary),
            Unknown: null, FuseUnknown: false, ByteFallback: false, IgnoreMerges: true) { RanksByResult = true };
        var bos = config.TokenName("bos_token") ?? added.FirstOrDefault(token => token.Content == s_named[0])?.Content;
        return new TokenizerDefinition(
            model,
            added,
            Normalizer: [],
            new PreTokenizer(ByteLevel: true, WordRule.Llama3, SplitsAtSpaces: false, PrefixRule.Never, " "),
            new DecoderRules(ByteLevel: true, ByteFallback: false, [], LeadingSpaces: 0),
            bos,
            config.TokenName("eos_token") ?? added.FirstOrDefault(token => token.Content == s_named[1])?.Content,
            AddsBos: bos is not null && (config.AddsBos ?? true),
            AddsEos: config.AddsEos ?? false);
    }

    private static List<(string Token, int Rank)> Lines(byte[] file, string path)
    {
        List<(string, int)> ranks = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in Encoding.ASCII.GetString(file).AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsEmpty)
            {
                continue;
            }

            var space = line.IndexOf(' ');
            if (space <= 0 || !int.TryParse(line[(space + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var rank)
                || !Base64.IsValid(line[..space]) || !known.Add(line[..space].ToString()))
            {
                throw new InvalidDataException(
                    $"{path}: line {number} is damaged. Expected: a token in Base64, a space and its rank, each token once. " +
                    "Fetch the file again.");
            }

            ranks.Add((ByteAlphabet.Write(Convert.FromBase64String(line[..space].ToString())), rank));
        }

        return ranks;
    }

    private static IEnumerable<AddedToken> Llama3Tokens()
    {
        var reserved = 0;
        for (var place = 0; place < Llama3Special; place++)
        {
            var content = s_named.TryGetValue(place, out var name) ? name : $"<|reserved_special_token_{reserved++}|>";
            yield return new AddedToken(
                Llama3Ranks + place, content, Special: true, SingleWord: false, StripsLeft: false, StripsRight: false);
        }
    }
}
