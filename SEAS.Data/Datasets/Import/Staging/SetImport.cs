using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>Takes files in as sets: first a preview, then all of it or nothing.</summary>
/// <remarks>
/// The rows go into a new file beside the database, which becomes part of the store by one row there. Until then nobody sees it, and the
/// writes of a run wait for nothing. If the import is cancelled or fails, the file is deleted.
/// </remarks>
public sealed class SetImport
{
    private readonly SqliteConnections _connections;
    private readonly SetStore _sets;
    private readonly string _folder;
    private readonly TimeProvider _clock;

    internal SetImport(SqliteConnections connections, SetStore sets, string folder, TimeProvider clock)
    {
        _connections = connections;
        _sets = sets;
        _folder = folder;
        _clock = clock;
    }

    /// <summary>Reads a file and says what taking it in would do. Stores nothing.</summary>
    /// <exception cref="PromptSetException">The file as a whole cannot be read, or cannot be used for this.</exception>
    public SetPreview Preview(
        SetRequest request, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var staged = Staged(request);
        return staged.Read(progress, cancellation);
    }

    /// <summary>Takes a file in, in one step: all of it, or, when it throws, nothing.</summary>
    /// <exception cref="PromptSetException">The file as a whole cannot be read or used for this, has rows with problems and the request
    /// does not say to leave them out, or is not the one that was shown.</exception>
    /// <exception cref="StoreException">The name is taken, or the disk is full.</exception>
    public SetOutcome Apply(SetRequest request, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        RequireFree(NameOf(request));
        using var staged = Staged(request);
        var preview = staged.Read(progress, cancellation);
        staged.RequireTakeable(preview);
        cancellation.ThrowIfCancellationRequested();
        return new SetOutcome(Publish(staged, preview), preview);
    }

    /// <summary>The name that a set gets if the person gives none: the file's, without its endings.</summary>
    public static string NameOf(SetRequest request) =>
        request.Name ?? Path.GetFileName(request.FileName ?? request.Path).Split('.', 2)[0];

    private const string InsertSql = """
        INSERT INTO imported_sets (name, purpose, format, reason, file_name, sha256, content, source, licence, row_count, train, validation,
                                   test, created_utc, stored_as)
        VALUES (@Name, @Purpose, @Format, @Reason, @FileName, @Sha256, @Content, @Source, @Licence, @Rows, @Train, @Validation,
                @Test, @CreatedUtc, @StoredAs);
        """;

    private const string InsertFileSql =
        "INSERT INTO imported_set_files (set_id, file_sha256) SELECT id, @Sum FROM imported_sets WHERE name = @Name;";

    private ImportedSet Publish(StagedSet staged, SetPreview preview)
    {
        var request = staged.Request;
        var name = NameOf(request);
        var content = staged.Content();
        var storedAs = staged.Publish();
        try
        {
            var sum = FileHash.Of(Path.Combine(_folder, storedAs));
            _connections.Write((connection, transaction) =>
            {
                connection.Execute(
                    InsertSql,
                    new
                    {
                        Name = name,
                        Purpose = request.Purpose.ToString(),
                        preview.Format,
                        preview.Reason,
                        FileName = Path.GetFileName(request.FileName ?? request.Path),
                        preview.Sha256,
                        Content = content,
                        Source = request.Source ?? staged.DefaultSource,
                        request.Licence,
                        preview.Counts.Rows,
                        preview.Counts.Train,
                        preview.Counts.Validation,
                        preview.Counts.Test,
                        CreatedUtc = _clock.GetUtcNow(),
                        StoredAs = storedAs,
                    },
                    transaction);
                connection.Execute(InsertFileSql, new { Name = name, Sum = sum }, transaction);
            });
        }
        catch
        {
            File.Delete(Path.Combine(_folder, storedAs));
            RequireFree(name);
            throw;
        }

        return _sets.Get(name);
    }

    private StagedSet Staged(SetRequest request) => new(request, _sets, _folder);

    private void RequireFree(string name)
    {
        if (_sets.Find(name) is { } taken)
        {
            throw new StoreException(
                $"The set cannot be called '{name}': a set of this name was taken in on {taken.CreatedUtc:yyyy-MM-dd} from "
                + $"{taken.FileName}. Give another name, or remove that one.");
        }
    }
}
