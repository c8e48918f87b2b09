using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Data.Review.Queue;
using SEAS.Data.Storage;

namespace SEAS.Data.Review.Files;

/// <summary>Takes labels in from a file: first a preview, then all of it or nothing.</summary>
public sealed class LabelImport
{
    private readonly SqliteConnections _connections;
    private readonly ReviewStore _review;

    internal LabelImport(SqliteConnections connections, ReviewStore review)
    {
        _connections = connections;
        _review = review;
    }

    /// <summary>Reads a file and says what applying it would do. Stores nothing.</summary>
    /// <param name="run">The run whose items are labelled.</param>
    /// <param name="path">The file: our own JSON Lines or CSV, or an export of Argilla or Label Studio.</param>
    /// <param name="annotator">Whose labels these are where the file does not say; null: a row without a name is a problem.</param>
    /// <exception cref="LabelFileException">The file as a whole cannot be read.</exception>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public ImportPreview Preview(RunId run, string path, string? annotator = null)
    {
        if (!_connections.HasRun(run))
        {
            throw new RunNotFoundException(run);
        }

        using var problems = new ProblemLog(path: null);
        var file = LabelFile.Read(path, problems);
        var labels = new NewLabels(new ItemIndex(_connections, run), _review.Decisions.Current(run), Path.GetFileName(path), problems);
        var unlabelled = 0;
        foreach (var raw in file.Labels)
        {
            if (!raw.IsLabelled)
            {
                unlabelled++;
            }
            else if (LabelRow.Read(raw, annotator, problems) is { } row)
            {
                labels.Add(row);
            }
        }

        var fresh = labels.New();
        return new ImportPreview(
            run, path, file.Format, file.Labels.Count, unlabelled, labels.Matched, fresh.Count, problems.First, problems.Count)
        {
            SetAside = labels.SetAside,
            Labels = fresh,
        };
    }

    /// <summary>Stores what a preview showed, in one transaction.</summary>
    /// <returns>How many labels were stored.</returns>
    /// <exception cref="LabelFileException">It has problems, or the store has changed since in a way that makes one; nothing was
    /// stored.</exception>
    /// <exception cref="ReviewItemNotFoundException">The run was deleted since; nothing was stored.</exception>
    public int Apply(ImportPreview preview)
    {
        if (!preview.IsSound)
        {
            var first = preview.Problems[0];
            throw new LabelFileException(
                preview.Path,
                "rows without problems",
                FormattableString.Invariant($"{preview.ProblemCount} with one; row {first.Row}, {first.Column}: {first.Message}"),
                "Mend the rows, or take them out.");
        }

        var stored = _connections.Write((connection, transaction) =>
        {
            var log = _review.Decisions.Log(connection, transaction, preview.Run);
            return preview.Labels.Count(label =>
            {
                var place = ItemPlace.Of(connection, transaction, label.Decision.Item);
                var standing = log.Standing(label.Decision);
                if (standing is null || standing.Kind is DecisionKind.Skip or DecisionKind.Discard)
                {
                    log.Record(place, label.Decision);
                    return true;
                }

                if (standing.Answers != label.Decision.Answers)
                {
                    throw new LabelFileException(
                        preview.Path,
                        "items as they were when the preview was shown",
                        FormattableString.Invariant($"row {label.Row}: {label.Decision.Annotator} has labelled item {place.Key} since"),
                        "Preview the file again.");
                }

                return false;
            });
        });
        if (stored > 0)
        {
            _review.Changes.Ring(preview.Run);
        }

        return stored;
    }
}
