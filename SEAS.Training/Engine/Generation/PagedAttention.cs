using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SEAS.Training.Engine.Generation;

/// <summary>Attention of one token over pages of keys and values.</summary>
/// <remarks>
/// <code>out = softmax(q · Kᵀ / √hd) · V</code>
/// For one token the general operators spend far more time on starting than on numbers: a batch of them is hundreds of tiny products.
/// Here the numbers stay in registers and in the first-level cache. Two query heads go together, so that what is loaded serves both and
/// enough sums run side by side to hide the latency of the multiply-adds. Vectors have 16 lanes on every machine (narrower ones are
/// combined), so that sums are taken in the same order everywhere. The loops are compiled in full at once: the quick first compilation is
/// many times as slow.
/// </remarks>
internal sealed class PagedAttention(PageLayout layout)
{
    [ThreadStatic]
    private static PagedAttention? s_ofThisThread;

    private readonly PageLayout _layout = layout;
    private readonly Query _first = new(layout.Width);
    private readonly Query _second = new(layout.Width);

    /// <summary>One for this thread alone: what it notes down while it works is nobody else's.</summary>
    public static PagedAttention OfThisThread(PageLayout layout) =>
        s_ofThisThread is { } known && ReferenceEquals(known._layout, layout) ? known : s_ofThisThread = new PagedAttention(layout);

    /// <summary>Mixes the pages' values for one token.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="queries">The token's turned queries, (H·hd).</param>
    /// <param name="pages">What it may look at; at least one token.</param>
    /// <param name="result">(H·hd).</param>
    /// <param name="skipped">How many tokens of the first page it may not look at; fewer than the page holds.</param>
    public void Mix(int layer, ReadOnlySpan<float> queries, ReadOnlySpan<KeyValuePage> pages, Span<float> result, int skipped = 0)
    {
        var (size, group) = (_layout.Config.HeadSize, _layout.Config.GroupSize);
        for (var head = 0; head < _layout.Config.Heads;)
        {
            var keyHead = head / group;
            var last = head + 1 < (keyHead + 1) * group ? head + 1 : head;   // an odd head out goes with itself
            _first.Load(queries.Slice(head * size, size), pages.Length);
            _second.Load(queries.Slice(last * size, size), pages.Length);
            Score(_layout.KeysAt(layer, keyHead), pages, skipped);
            _first.Weigh(pages.Length);
            _second.Weigh(pages.Length);
            Gather(_layout.ValuesAt(layer, keyHead), pages);
            _first.Store(result.Slice(head * size, size));
            _second.Store(result.Slice(last * size, size));
            head = last + 1;
        }
    }

    /// <summary>q · k / √hd for every position, −∞ behind a page's last token.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Score(int at, ReadOnlySpan<KeyValuePage> pages, int skipped)
    {
        ref var first = ref _first.Numbers;
        ref var second = ref _second.Numbers;
        var scale = Vector512.Create(1 / MathF.Sqrt(_layout.Config.HeadSize));
        for (var page = 0; page < pages.Length; page++)
        {
            ref var keys = ref pages[page].Numbers[at];
            var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            for (nuint i = 0; i < (nuint)_layout.Width; i += 2)
            {
                var even = Vector512.LoadUnsafe(ref keys, i * 16);
                var odd = Vector512.LoadUnsafe(ref keys, (i * 16) + 16);
                a = Vector512.FusedMultiplyAdd(Spread(ref first, i), even, a);
                b = Vector512.FusedMultiplyAdd(Spread(ref second, i), even, b);
                c = Vector512.FusedMultiplyAdd(Spread(ref first, i + 1), odd, c);
                d = Vector512.FusedMultiplyAdd(Spread(ref second, i + 1), odd, d);
            }

            var outside = Vector512.GreaterThanOrEqual(Vector512<float>.Indices, Vector512.Create((float)pages[page].Count));
            if (page == 0 && skipped > 0)
            {
                outside |= Vector512.LessThan(Vector512<float>.Indices, Vector512.Create((float)skipped));
            }

            _first.Score(page, (a + c) * scale, outside);
            _second.Score(page, (b + d) * scale, outside);
        }
    }

    /// <summary>The weighted sum of the values: 64 coordinates at a time, then what is left by 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(int at, ReadOnlySpan<KeyValuePage> pages)
    {
        var coordinate = 0;
        for (; coordinate + 64 <= _layout.Width; coordinate += 64)
        {
            Gather64(at + coordinate, coordinate, pages);
        }

        for (; coordinate < _layout.Width; coordinate += 16)
        {
            var (a, b) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var page = 0; page < pages.Length; page++)
            {
                ref var values = ref pages[page].Numbers[at + coordinate];
                for (var i = 0; i < pages[page].Count; i++)
                {
                    var value = Vector512.LoadUnsafe(ref values, (nuint)(i * _layout.Width));
                    a = Vector512.FusedMultiplyAdd(_first.Weight(page, i), value, a);
                    b = Vector512.FusedMultiplyAdd(_second.Weight(page, i), value, b);
                }
            }

            _first.Mixed(coordinate, a);
            _second.Mixed(coordinate, b);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather64(int at, int coordinate, ReadOnlySpan<KeyValuePage> pages)
    {
        var (a0, a1, a2, a3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (b0, b1, b2, b3) = (a0, a0, a0, a0);
        for (var page = 0; page < pages.Length; page++)
        {
            ref var values = ref pages[page].Numbers[at];
            for (var i = 0; i < pages[page].Count; i++)
            {
                var place = (nuint)(i * _layout.Width);
                var (first, second) = (_first.Weight(page, i), _second.Weight(page, i));
                var value = Vector512.LoadUnsafe(ref values, place);
                a0 = Vector512.FusedMultiplyAdd(first, value, a0);
                b0 = Vector512.FusedMultiplyAdd(second, value, b0);
                value = Vector512.LoadUnsafe(ref values, place + 16);
                a1 = Vector512.FusedMultiplyAdd(first, value, a1);
                b1 = Vector512.FusedMultiplyAdd(second, value, b1);
                value = Vector512.LoadUnsafe(ref values, place + 32);
                a2 = Vector512.FusedMultiplyAdd(first, value, a2);
                b2 = Vector512.FusedMultiplyAdd(second, value, b2);
                value = Vector512.LoadUnsafe(ref values, place + 48);
                a3 = Vector512.FusedMultiplyAdd(first, value, a3);
                b3 = Vector512.FusedMultiplyAdd(second, value, b3);
            }
        }

        _first.Mixed(coordinate, a0, a1, a2, a3);
        _second.Mixed(coordinate, b0, b1, b2, b3);
    }

    private static Vector512<float> Spread(ref float first, nuint at) => Vector512.Create(Unsafe.Add(ref first, at));

    /// <summary>One head's query, its scores, and its result, padded to whole registers.</summary>
    private sealed class Query(int width)
    {
        private readonly float[] _numbers = new float[width];
        private readonly float[] _mixed = new float[width];
        private float[] _scores = [];
        private Vector512<float> _greatest;
        private float _sum;

        public ref float Numbers => ref MemoryMarshal.GetArrayDataReference(_numbers);

        public void Load(ReadOnlySpan<float> query, int pages)
        {
            query.CopyTo(_numbers);
            _greatest = Vector512.Create(float.NegativeInfinity);
            if (_scores.Length < pages * PageLayout.Positions)
            {
                _scores = new float[pages * PageLayout.Positions * 2];
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Score(int page, Vector512<float> scores, Vector512<float> outside)
        {
            scores = Vector512.ConditionalSelect(outside, Vector512.Create(float.NegativeInfinity), scores);
            scores.CopyTo(_scores, page * PageLayout.Positions);
            _greatest = Vector512.Max(_greatest, scores);
        }

        /// <summary>Turns scores into weights exp(score − greatest).</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Weigh(int pages)
        {
            var greatest = _greatest[0];
            for (var lane = 1; lane < PageLayout.Positions; lane++)
            {
                greatest = float.Max(greatest, _greatest[lane]);
            }

            ref var scores = ref MemoryMarshal.GetArrayDataReference(_scores);
            var shift = Vector512.Create(greatest);
            var sum = Vector512<float>.Zero;
            for (nuint at = 0; at < (nuint)(pages * PageLayout.Positions); at += PageLayout.Positions)
            {
                var weights = Vector512.Exp(Vector512.LoadUnsafe(ref scores, at) - shift);
                weights.StoreUnsafe(ref scores, at);
                sum += weights;
            }

            _sum = Vector512.Sum(sum);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Weight(int page, int position) =>
            Vector512.Create(Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_scores), (page * PageLayout.Positions) + position));

        public void Mixed(int coordinate, params ReadOnlySpan<Vector512<float>> sums)
        {
            foreach (var sum in sums)
            {
                (sum / _sum).CopyTo(_mixed, coordinate);
                coordinate += PageLayout.Positions;
            }
        }

        public void Store(Span<float> result) => _mixed.AsSpan(0, result.Length).CopyTo(result);
    }
}
