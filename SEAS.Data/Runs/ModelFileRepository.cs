using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;

namespace SEAS.Data.Runs;

/// <summary>The files of the models that runs were given, as they were when a run first opened them. Each public method is one transaction.</summary>
public sealed class ModelFileRepository
{
    private readonly SqliteConnections _connections;

    internal ModelFileRepository(SqliteConnections connections)
    {
        _connections = connections;
    }

    private const string InsertSql = """
        INSERT INTO run_model_files (run_id, model, file, file_sha256)
        VALUES (@Run, @Model, @File, @Sum);
        """;

    /// <summary>Records a model's files.</summary>
    /// <param name="run">The run.</param>
    /// <param name="model"><c>red</c>, <c>target</c> or <c>guard</c>.</param>
    /// <param name="sums">SHA-256 in hexadecimal by the file's name in the model's folder.</param>
    public void Record(RunId run, string model, IReadOnlyDictionary<string, string> sums) => _connections.Write((connection, transaction) =>
        connection.Execute(InsertSql, sums.Select(file => new { Run = run, Model = model, File = file.Key, Sum = file.Value }), transaction));

    private const string SelectSql = "SELECT file, file_sha256 FROM run_model_files WHERE run_id = @Run AND model = @Model;";

    /// <summary>What was recorded; nothing where the run has not opened the model since it is recorded.</summary>
    public IReadOnlyDictionary<string, string> Of(RunId run, string model) => _connections.Read(connection => connection
        .Query<(string File, string Sum)>(SelectSql, new { Run = run, Model = model })
        .ToDictionary(file => file.File, file => file.Sum, StringComparer.Ordinal));
}
