using SEAS.Data;
using SEAS.Data.Contracts.Ids;
using SEAS.Training.Runs.Context;
using SEAS.Training.Serving;

namespace SEAS.Web.Serving;

/// <summary>The dashboard's own checkpoints, by their ids: <c>RUN/target-2</c>. Each is read when it is first asked.</summary>
/// <remarks>Weights take memory that a run may need, so few are held, and one that nobody asks any more makes room for another.</remarks>
internal sealed class CheckpointModels(Store store, TimeProvider clock) : IModelCatalog, IDisposable
{
    private const int MostLoaded = 2;

    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Held> _held = new(StringComparer.Ordinal);

    public IReadOnlyList<(string Name, DateTimeOffset CreatedUtc)> Names =>
        [.. store.Runs.List().SelectMany(run => store.Checkpoints.List(run.Id).Select(checkpoint => (
            new CheckpointId(run.Id, checkpoint.Role, checkpoint.Iteration).ToString(), checkpoint.CreatedUtc)))];

    public ModelServer? Find(string name)
    {
        if (RowId.TryParse(name) is not CheckpointId id || store.Runs.Find(id.Run) is null
            || store.Checkpoints.Find(id.Run, id.Role, id.Iteration) is not { } checkpoint)
        {
            return null;
        }

        lock (_held)
        {
            if (_held.TryGetValue(name, out var known) && known.Server.LoadedAsync().IsFaulted)
            {
                _held.Remove(name);   // it may have been mended since
                known.Server.Dispose();
                known = null;
            }

            if (known is null)
            {
                MakeRoom();
                known = new Held(new ModelServer(Path.Combine(store.Folder, checkpoint.Folder), ComputeDevice.Choose("auto")));
                _held[name] = known;
            }

            known.Asked = clock.GetUtcNow();
            return known.Server;
        }
    }

    public void Dispose()
    {
        lock (_held)
        {
            foreach (var held in _held.Values)
            {
                held.Server.Dispose();
            }

            _held.Clear();
        }
    }

    private void MakeRoom()
    {
        if (_held.Count < MostLoaded)
        {
            return;
        }

        var (name, oldest) = _held.MinBy(entry => entry.Value.Asked);
        if (clock.GetUtcNow() - oldest.Asked < s_kept)
        {
            throw new ModelBusyException(
                $"{MostLoaded} models are in memory and were asked in the last {s_kept.TotalMinutes:0} minutes: "
                + $"{string.Join(", ", _held.Keys)}. Ask one of these, or come back later; ./seas serve-model serves any other.");
        }

        _held.Remove(name);
        oldest.Server.Dispose();
    }

    private sealed class Held(ModelServer server)
    {
        public ModelServer Server => server;

        public DateTimeOffset Asked { get; set; }
    }
}
