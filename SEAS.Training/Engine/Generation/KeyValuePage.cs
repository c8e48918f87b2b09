using SEAS.Training.Engine.Models;

namespace SEAS.Training.Engine.Generation;

/// <summary>Where keys and values stand in a page of 16 positions that holds all layers.</summary>
/// <remarks>
/// Pages after Kwon et al. 2023, arXiv:2309.06180. Keys stand with positions innermost, (hd, 16), so that one vector register takes the
/// scores of 16 positions at once and nothing is summed across lanes; values stand as (16, hd).
/// Widths are padded with zeros to whole registers.
/// </remarks>
internal sealed class PageLayout(LlamaConfig config)
{
    /// <summary>Positions in a page: the float32 lanes of a 512-bit register.</summary>
    public const int Positions = 16;

    /// <summary>A head's width, rounded up to whole registers.</summary>
    public int Width { get; } = (config.HeadSize + Positions - 1) / Positions * Positions;

    /// <summary>The model's sizes.</summary>
    public LlamaConfig Config => config;

    /// <summary>Numbers in one page.</summary>
    public int Length => config.Layers * config.KvHeads * 2 * Positions * Width;

    public int KeysAt(int layer, int head) => ((layer * config.KvHeads) + head) * 2 * Positions * Width;

    public int ValuesAt(int layer, int head) => KeysAt(layer, head) + (Positions * Width);
}

/// <summary>Pages that nobody uses now, kept for the next wave: fresh ones would have to be cleared and collected again and
/// again.</summary>
internal sealed class PagePool(LlamaConfig config)
{
    private readonly Stack<KeyValuePage> _free = [];

    public PageLayout Layout { get; } = new(config);

    public KeyValuePage Rent() => _free.TryPop(out var page) ? page : new KeyValuePage(Layout);

    public void Return(IEnumerable<KeyValuePage> pages)
    {
        foreach (var page in pages)
        {
            _free.Push(page);
        }
    }
}

/// <summary>Keys and values of up to 16 neighbouring tokens, in all layers.</summary>
internal sealed class KeyValuePage(PageLayout layout)
{
    /// <summary>The numbers, arranged as the layout says. Pinned, so that the collector never copies them.</summary>
    public float[] Numbers { get; } = GC.AllocateArray<float>(layout.Length, pinned: true);

    /// <summary>Tokens that it holds.</summary>
    public int Count { get; set; }

    /// <summary>Stores one token's keys and values of one layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="position">The token's place in the page.</param>
    /// <param name="keys">(KvHeads, hd), one head after the other.</param>
    /// <param name="values">The same.</param>
    public void Store(int layer, int position, ReadOnlySpan<float> keys, ReadOnlySpan<float> values)
    {
        var size = layout.Config.HeadSize;
        for (var head = 0; head < layout.Config.KvHeads; head++)
        {
            var to = Numbers.AsSpan(layout.KeysAt(layer, head) + position);
            var from = keys.Slice(head * size, size);
            for (var i = 0; i < from.Length; i++)
            {
                to[i * PageLayout.Positions] = from[i];
            }

            values.Slice(head * size, size).CopyTo(Numbers.AsSpan(layout.ValuesAt(layer, head) + (position * layout.Width)));
        }
    }
}
