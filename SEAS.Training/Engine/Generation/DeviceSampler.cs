using SEAS.Training.Engine.Devices;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Generation;

/// <summary>Chooses a token for each of many rows of logits, on the device where these are: temperature, top-k, top-p.</summary>
/// <remarks>
/// <para>The same rule as <see cref="Sampler"/>'s, with the same random numbers: draw from all tokens, ask whether the drawn one belongs to
/// the nucleus, and if not strike out it and what weighs less and draw again. So both choose the same token, but where a number falls
/// between two tokens whose sums differ in rounding, and an answer does not depend on its batch.</para>
/// <para>Some draws are made for all rows at once, without knowing which rows need them; then tokens come to the program in one copy. A row
/// whose draws were all refused, which is rare, is drawn for again.</para>
/// <para>Letters: R rows, V vocabulary, K draws.</para>
/// </remarks>
internal sealed class DeviceSampler(SamplingSettings settings) : ITokenChoice
{
    private const int Draws = 4;         // at top-p 0.9 all four are refused about twice in a million
    private const long NotFinite = -1;
    private const long Refused = -2;

    /// <inheritdoc/>
    public int[] Next(Tensor scores, IReadOnlyList<int> rows, IReadOnlyList<RandomStream> streams)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var logits = rows.Count == scores.shape[0] && rows.Select((row, at) => row == at).All(same => same)
            ? scores
            : scores.Rows(tensor([.. rows.Select(row => (long)row)], device: scores.device));            // (R, V)
        var greatest = logits.amax([-1L], keepdim: true);                                                   // (R, 1)
        var finite = greatest.sub(greatest).eq(0);                                                       // (R, 1): not so for ∞ and NaN
        var places = arange(logits.shape[1], dtype: int64, device: logits.device).unsqueeze(0);          // (1, V)
        if (settings.Temperature == 0)
        {
            var first = First(logits.ge(greatest), places);
            return [.. HostCopy.Integers(first.masked_fill_(finite.bitwise_not().squeeze(1), NotFinite)).Select(Checked)];
        }

        var weights = Weigh(logits, greatest);                                                           // (R, V)
        var limits = weights.sum([-1L], keepdim: true, type: float64) * settings.TopP;                      // (R, 1)
        var tokens = new int[streams.Count];
        int[] waiting = [.. Enumerable.Range(0, tokens.Length)];
        while (waiting.Length > 0)
        {
            var drawn = Draw(weights, limits, finite, places, [.. waiting.Select(row => streams[row])]);
            var numbers = HostCopy.Integers(drawn);                                                      // (R, 2): token, draws used
            for (var i = 0; i < waiting.Length; i++)
            {
                streams[waiting[i]].Skip(numbers[(2 * i) + 1]);
                tokens[waiting[i]] = numbers[2 * i] == Refused ? (int)Refused : Checked(numbers[2 * i]);
            }

            int[] again = [.. Enumerable.Range(0, waiting.Length).Where(i => tokens[waiting[i]] == Refused)];
            if (again.Length > 0 && again.Length < waiting.Length)
            {
                var kept = tensor([.. again.Select(i => (long)i)], device: logits.device);
                (weights, limits, finite) = (weights.Rows(kept), limits.Rows(kept), finite.Rows(kept));
            }

            waiting = [.. again.Select(i => waiting[i])];
        }

        return tokens;
    }

    /// <summary>w = exp((logit − greatest) / T), so that the greatest weighs 1; 0 for what top-k leaves out.</summary>
    private Tensor Weigh(Tensor logits, Tensor greatest)
    {
        var weights = logits.sub(greatest).mul_((float)(1 / settings.Temperature)).exp_();               // (R, V)
        if (settings.TopK == 0 || settings.TopK >= logits.shape[1])
        {
            return weights;
        }

        // Of those that weigh as much as the last one kept, the first by id stay.
        var bound = weights.topk(settings.TopK, -1).values.narrow(-1, settings.TopK - 1, 1);             // (R, 1)
        var above = weights.gt(bound);
        var equal = weights.eq(bound);
        var room = above.sum([-1L], keepdim: true).neg().add(settings.TopK);                                // (R, 1)
        var kept = above.bitwise_or(equal.bitwise_and(equal.cumsum(-1).le(room)));
        return weights.mul_(kept.type(weights.dtype));
    }

    /// <summary>Some draws for every row.</summary>
    /// <param name="weights">(R, V); what a refused token strikes out becomes 0.</param>
    /// <param name="limits">(R, 1), float64: what may stand before a token of the nucleus.</param>
    /// <param name="finite">(R, 1): whether the row's logits are numbers.</param>
    /// <param name="places">0 … V − 1: (1, V).</param>
    /// <param name="streams">One for each row; not moved.</param>
    /// <returns>Token, or what went wrong, and draws used: (R, 2).</returns>
    private Tensor Draw(Tensor weights, Tensor limits, Tensor finite, Tensor places, RandomStream[] streams)
    {
        var numbers = new double[streams.Length * Draws];
        for (var row = 0; row < streams.Length; row++)
        {
            streams[row].Peek(numbers.AsSpan(row * Draws, Draws));
        }

        var random = tensor(numbers, [streams.Length, Draws], device: weights.device);                   // (R, K)
        var tokens = full([streams.Length], Refused, dtype: int64, device: weights.device);              // (R)
        var used = zeros([streams.Length], dtype: int64, device: weights.device);                        // (R)
        for (var draw = 0; draw < Draws; draw++)
        {
            using var round = NewDisposeScope();
            var open = tokens.eq(Refused);                                                               // (R)
            var sums = weights.cumsum(-1, type: float64);                                                // (R, V)
            var points = random.narrow(1, draw, 1) * sums.narrow(1, sums.shape[1] - 1, 1);               // (R, 1)
            var token = minimum(sums.le(points).sum(-1), Last(weights, places)).unsqueeze(1);            // (R, 1)
            used.add_(open.type(int64));
            if (settings.TopP >= 1)
            {
                tokens.copy_(token.squeeze(1));
                break;
            }

            var weight = weights.gather(1, token);                                                       // (R, 1)
            var earlier = weights.gt(weight).bitwise_or_(weights.eq(weight).bitwise_and_(places.lt(token)));
            var before = (weights * earlier.type(weights.dtype)).sum([-1L], keepdim: true, type: float64);  // (R, 1)
            var accepted = open.bitwise_and(before.le(limits).squeeze(1));                               // (R)
            tokens.add_(token.squeeze(1).sub(Refused) * accepted.type(int64));
            weights.mul_(earlier.bitwise_or_(accepted.unsqueeze(1)).type(weights.dtype));
        }

        return stack([tokens.masked_fill(finite.bitwise_not().squeeze(1), NotFinite), used], 1);
    }

    /// <summary>The first place of each row that is marked: (R).</summary>
    private static Tensor First(Tensor marked, Tensor places) =>
        places.add(marked.bitwise_not().type(int64) * places.shape[1]).amin(-1);

    /// <summary>The last place of each row that weighs anything: only rounding can lead beyond it. (R).</summary>
    private static Tensor Last(Tensor weights, Tensor places) => (places * weights.gt(0).type(int64)).amax(-1);

    private static int Checked(long token) => token != NotFinite ? (int)token : throw new InvalidOperationException(
        "The model's next-token scores are not finite numbers. Its weights were damaged or its training diverged: lower the learning rate, "
        + "or go back to an earlier checkpoint.");
}
