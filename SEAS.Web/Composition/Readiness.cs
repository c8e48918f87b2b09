using SEAS.Training.Text.Normalization;

namespace SEAS.Web.Composition;

/// <summary>Whether the server can do its work yet. Set once, when everything has started.</summary>
internal sealed class Readiness
{
    private volatile bool _isReady;

    public bool IsReady => _isReady;

    public void Set() => _isReady = true;
}
