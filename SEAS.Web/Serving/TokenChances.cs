using System.Globalization;
using System.Text;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Web.Serving;

/// <summary>Log-probabilities of an answer's tokens as OpenAI's API writes them, in chats and in plain completions.</summary>
/// <param name="tokenizer">Spells the tokens.</param>
internal sealed class TokenChances(Tokenizer tokenizer)
{
    private const double Never = -9999;   // what OpenAI writes where JSON has no number: the logarithm of nothing

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A chat's.</summary>
    public object Chat(IReadOnlyList<TokenPlace> places) => new
    {
        content = places.Select(place => new
        {
            token = Spelled(place.Id), logprob = Finite(place.LogProbability ?? Never), bytes = Bytes(place.Id),
            top_logprobs = place.Likeliest.Select(other => new
            {
                token = Spelled(other.Id), logprob = Finite(other.LogProbability), bytes = Bytes(other.Id),
            }),
        }),
        refusal = (object?)null,
    };

    /// <summary>A plain completion's.</summary>
    /// <param name="places">The tokens of its text.</param>
    /// <param name="before">Tokens of a prompt that its text does not repeat.</param>
    public object Plain(IReadOnlyList<TokenPlace> places, IReadOnlyList<int> before)
    {
        var decoder = tokenizer.Stream();
        foreach (var id in before)
        {
            decoder.Push(id);
        }

        List<int> offsets = [];
        var length = 0;
        foreach (var place in places)
        {
            offsets.Add(length);
            length += decoder.Push(place.Id).Length;
        }

        return new
        {
            tokens = places.Select(place => Spelled(place.Id)),
            token_logprobs = places.Select(place => place.LogProbability is { } value ? Finite(value) : (double?)null),
            top_logprobs = places.Select(place => place.LogProbability is null ? null : Likeliest(place)),
            text_offset = offsets,
        };
    }

    // Two tokens can be spelled alike: the likelier one stands for both.
    private Dictionary<string, double> Likeliest(TokenPlace place)
    {
        var named = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (id, value) in place.Likeliest)
        {
            named.TryAdd(Spelled(id), Finite(value));
        }

        return named;
    }

    private string Spelled(int id)
    {
        var bytes = tokenizer.BytesOf(id);
        if (bytes.Length == 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"token_id:{id}");   // no text stands for it
        }

        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return "bytes:" + string.Concat(bytes.Select(value => $@"\x{value:x2}"));   // a part of a character
        }
    }

    private int[] Bytes(int id) => [.. tokenizer.BytesOf(id)];

    private static double Finite(double value) => Math.Max(value, Never);
}
