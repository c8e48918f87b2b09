using SEAS.Data;
using SEAS.Data.Export;
using SEAS.Training.Loop;

namespace SEAS.Web.Api;

/// <summary>Makes exports for those who ask over HTTP, two at a time, so that a run keeps its processors.</summary>
internal sealed class DatasetDownloads(Store store) : IDisposable
{
    private const int AtATime = 2;

    private readonly SemaphoreSlim _places = new(AtATime);

    /// <summary>The file; without a version in the request, labels that came since the last freezing are in it.</summary>
    public Task<PreparedExport> PrepareAsync(
        ExportRequest request, CancellationToken cancellation, IProgress<ExportProgress>? progress = null) =>
        InPlaceAsync(request, () => store.Datasets.Prepare(request, progress, cancellation), cancellation);

    public Task<ExportPreview> PreviewAsync(ExportRequest request, CancellationToken cancellation) =>
        InPlaceAsync(request, () => store.Datasets.Preview(request), cancellation);

    public void Dispose() => _places.Dispose();

    private async Task<T> InPlaceAsync<T>(ExportRequest request, Func<T> work, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            return await Task.Run(
                () =>
                {
                    if (request.Version is null)
                    {
                        RoundDatasets.Refresh(store, request.Run, request.Round, cancellation);
                    }

                    return work();
                },
                cancellation);
        }
        finally
        {
            _places.Release();
        }
    }
}
