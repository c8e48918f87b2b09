using SEAS.Data;
using SEAS.Data.Datasets.Export;
using SEAS.Training.Runs.Stages;

namespace SEAS.Web.Api;

/// <summary>Makes exports for those who ask over HTTP, two at a time, so that a run keeps its processors.</summary>
internal sealed class DatasetDownloads(Store store) : IDisposable
{
    private const int AtATime = 2;

    private readonly SemaphoreSlim _places = new(AtATime);

    /// <summary>The file; without a version in the request, labels that came since the last freezing are in it.</summary>
    public Task<PreparedExport> PrepareAsync(
        ExportRequest request, CancellationToken cancellation, IProgress<ExportProgress>? progress = null) =>
        FreshAsync(request, () => store.Datasets.Prepare(request, progress, cancellation), cancellation);

    public Task<ExportPreview> PreviewAsync(ExportRequest request, CancellationToken cancellation) =>
        FreshAsync(request, () => store.Datasets.Preview(request), cancellation);

    /// <summary>Does a piece of work once there is a place for it.</summary>
    public async Task<T> InPlaceAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private Task<T> FreshAsync<T>(ExportRequest request, Func<T> work, CancellationToken cancellation) => InPlaceAsync(
        () =>
        {
            if (request.Version is null)
            {
                FreezeStage.Refresh(store, request.Run, request.Round, cancellation);
            }

            return work();
        },
        cancellation);
}
