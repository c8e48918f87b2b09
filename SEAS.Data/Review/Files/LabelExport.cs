using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;

namespace SEAS.Data.Review.Files;

/// <summary>Writes labels into files, which <see cref="LabelImport"/> reads back.</summary>
public sealed class LabelExport
{
    private const int PageSize = 500;

    private readonly ReviewStore _review;

    internal LabelExport(ReviewStore review) => _review = review;

    /// <summary>Writes a run's labels, by item and age, as UTF-8 without a byte order mark and with line feeds.</summary>
    /// <param name="run">The run.</param>
    /// <param name="format">The kind of file.</param>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="withUnlabelled">Also items that nobody has labelled yet, to be labelled elsewhere.</param>
    /// <returns>How many labels were written.</returns>
    public int Write(RunId run, LabelFormat format, Stream output, bool withUnlabelled = false)
    {
        var labels = _review.Decisions.Current(run)
            .Where(decision => decision.Kind is DecisionKind.Submit or DecisionKind.Adjudicate)
            .ToLookup(decision => decision.Item);
        var items = Items(run)
            .Select(item => new LabelledItem(item, [.. labels[item.Key]]))
            .Where(item => withUnlabelled || item.Labels.Count > 0);
        switch (format)
        {
            case LabelFormat.JsonLines:
                JsonLabelWriter.Write(items, output);
                break;
            case LabelFormat.Csv:
                CsvLabelWriter.Write(items, output);
                break;
            case LabelFormat.Argilla:
                ArgillaWriter.Write(items, output);
                break;
            case LabelFormat.LabelStudio:
                LabelStudioWriter.Write(items, output);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "Labels are written as one of the formats of LabelFormat.");
        }

        return labels.Sum(ofItem => ofItem.Count());
    }

    // Page by page: the texts of a long run need not be in memory at once.
    private IEnumerable<ReviewItem> Items(RunId run)
    {
        var last = 0L;
        while (_review.Items.Page(run, new ReviewFilter(), PageSize, last) is { Count: > 0 } page)
        {
            foreach (var item in page)
            {
                yield return item;
            }

            last = page[^1].Key;
        }
    }
}

/// <summary>An item with the labels that stand on it.</summary>
internal sealed record LabelledItem(ReviewItem Item, IReadOnlyList<Decision> Labels);
