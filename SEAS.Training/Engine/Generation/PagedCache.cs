using System.Runtime.InteropServices;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Generation;

/// <summary>Keys and values in pages of main memory, for a model on the CPU:
/// answers share their prompt's pages and lengths need no padding.</summary>
internal sealed class PagedCache(LlamaConfig config, PagePool pool) : IDecodingCache
{
    private readonly Dictionary<int, List<KeyValuePage>> _prompts = [];
    private readonly Dictionary<SampleSlot, List<KeyValuePage>> _answers = [];

    /// <inheritdoc />
    public IAttentionPattern Prefill(PackedBatch prompts, int first)
    {
        for (var row = 0; row < prompts.Rows.Count; row++)
        {
            List<KeyValuePage> pages = [];
            for (var left = prompts.Rows[row].Length; left > 0; left -= PageLayout.Positions)
            {
                pages.Add(pool.Rent());
                pages[^1].Count = Math.Min(left, PageLayout.Positions);
            }

            _prompts[first + row] = pages;
        }

        var rows = prompts.Rows.Select((row, i) => (row.Start, Pages: _prompts[first + i])).ToArray();
        return new PrefillPattern(this, rows, new PackedAttention(prompts, config));
    }

    /// <inheritdoc />
    public IAttentionPattern Decode(IReadOnlyList<SampleSlot> rows, int step)
    {
        var pages = new KeyValuePage[rows.Count][];
        for (var row = 0; row < pages.Length; row++)
        {
            var own = CollectionsMarshal.GetValueRefOrAddDefault(_answers, rows[row], out _) ??= [];
            if (step % PageLayout.Positions == 0)
            {
                own.Add(pool.Rent());
            }

            own[^1].Count = (step % PageLayout.Positions) + 1;
            pages[row] = [.. _prompts[rows[row].Request], .. own];
        }

        return new DecodePattern(this, pool.Layout, pages);
    }

    /// <inheritdoc />
    public void Release(SampleSlot slot)
    {
        if (_answers.Remove(slot, out var pages))
        {
            pool.Return(pages);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        pool.Return(_prompts.Values.SelectMany(pages => pages));
        pool.Return(_answers.Values.SelectMany(pages => pages));
        _prompts.Clear();
        _answers.Clear();
    }

    private int? WindowAt(int layer) => config.WindowAt(layer);

    private int QueryWidth => config.Heads * config.HeadSize;

    /// <summary>A contiguous float32 tensor on the CPU as numbers.</summary>
    private static Span<float> Numbers(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>Keys of each token: they stand behind its queries.</summary>
    private ReadOnlySpan<float> Keys(ReadOnlySpan<float> turned, int token) =>
        turned.Slice(((token * (config.Heads + config.KvHeads)) + config.Heads) * config.HeadSize, config.KvHeads * config.HeadSize);

    private ReadOnlySpan<float> Values(ReadOnlySpan<float> values, int token) =>
        values.Slice(token * config.KvHeads * config.HeadSize, config.KvHeads * config.HeadSize);

    private sealed class PrefillPattern(PagedCache cache, (int Start, List<KeyValuePage> Pages)[] rows, PackedAttention attention)
        : IAttentionPattern
    {
        public Tensor Attend(int layer, Tensor turned, Tensor values, Tensor? wanted)
        {
            var keys = Numbers(turned.contiguous());
            var contents = Numbers(values.contiguous());
            foreach (var (start, pages) in rows)
            {
                var token = start;
                foreach (var page in pages)
                {
                    for (var position = 0; position < page.Count; position++, token++)
                    {
                        page.Store(layer, position, cache.Keys(keys, token), cache.Values(contents, token));
                    }
                }
            }

            return attention.Attend(layer, turned, values, wanted);
        }
    }

    private sealed class DecodePattern(PagedCache cache, PageLayout layout, KeyValuePage[][] rows) : IAttentionPattern
    {
        /// <summary>Rows that are worth a thread of their own: below, starting it takes longer than they do.</summary>
        private const int RowsOfAThread = 4;

        public Tensor Attend(int layer, Tensor turned, Tensor values, Tensor? wanted)
        {
            var (queriesAndKeys, contents) = (turned.contiguous(), values.contiguous());
            var result = empty(rows.Length, cache.QueryWidth, dtype: float32, device: CPU);
            ComputeThreads.For(rows.Length, RowsOfAThread, (from, to) => Mix(from, to, layer, queriesAndKeys, contents, result));
            return result;
        }

        /// <summary>The last pages, as many as a window reaches over, and how many tokens of the first of them lie before it.</summary>
        private static ReadOnlySpan<KeyValuePage> Seen(KeyValuePage[] pages, int? window, out int skipped)
        {
            skipped = 0;
            if (window is not { } most)
            {
                return pages;
            }

            var tokens = 0;
            for (var page = pages.Length - 1; page >= 0; page--)
            {
                tokens += pages[page].Count;
                if (tokens >= most)
                {
                    skipped = tokens - most;
                    return pages.AsSpan(page);
                }
            }

            return pages;
        }

        // Rows are independent, so the numbers do not depend on which thread takes which.
        private void Mix(int from, int to, int layer, Tensor queriesAndKeys, Tensor values, Tensor result)
        {
            var attention = PagedAttention.OfThisThread(layout);
            var size = cache.QueryWidth;
            var heads = Numbers(queriesAndKeys);
            var contents = Numbers(values);
            var mixed = Numbers(result);
            var stride = heads.Length / rows.Length;
            for (var row = from; row < to; row++)
            {
                var page = rows[row][^1];
                page.Store(layer, page.Count - 1, cache.Keys(heads, row), cache.Values(contents, row));
                var seen = Seen(rows[row], cache.WindowAt(layer), out var skipped);
                attention.Mix(layer, heads.Slice(row * stride, size), seen, mixed.Slice(row * size, size), skipped);
            }
        }
    }
}
