using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;

namespace SEAS.Data.Runs;

/// <summary>The files that runs were given, as they were when a run first opened them: models, and prompts that lie in a file.</summary>
/// <remarks>Each public method is one transaction.</remarks>
public sealed class GivenFileRepository
{
    private readonly SqliteConnections _connections;

    internal GivenFileRepository(SqliteConnections connections)
    {
        _connections = connections;
    }

    private const string InsertSql = """
        INSERT INTO run_given_files (run_id, part, file, file_sha256)
        VALUES (@Run, @Part, @File, @Sum);
        """;

    /// <summary>Records a part's files.</summary>
    /// <param name="run">The run.</param>
    /// <param name="part"><c>red</c>, <c>target</c>, <c>guard</c> or <c>seeds</c>.</param>
    /// <param name="sums">SHA-256 in hexadecimal by the file's name in the part's folder.</param>
    public void Record(RunId run, string part, IReadOnlyDictionary<string, string> sums) => _connections.Write((connection, transaction) =>
        connection.Execute(InsertSql, sums.Select(file => new { Run = run, Part = part, File = file.Key, Sum = file.Value }), transaction));

    private const string SelectSql = "SELECT file, file_sha256 FROM run_given_files WHERE run_id = @Run AND part = @Part;";

    /// <summary>What was recorded; nothing where the run has not opened them since they are recorded.</summary>
    public IReadOnlyDictionary<string, string> Of(RunId run, string part) => _connections.Read(connection => connection
        .Query<(string File, string Sum)>(SelectSql, new { Run = run, Part = part })
        .ToDictionary(file => file.File, file => file.Sum, StringComparer.Ordinal));
}
