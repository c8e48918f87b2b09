using SEAS.Training.Runs.Context;

namespace SEAS.Web.Commands;

/// <summary>A run without the dashboard has nobody to label for it: where it would wait, it stops and says where to label.</summary>
internal sealed class LeaveForLabels(CancellationTokenSource stop) : IReviewGate
{
    private int _labels;

    /// <summary>What the run stopped for; null while it has not.</summary>
    public ReviewWaiting? Waiting { get; private set; }

    public void Wait(ReviewWaiting waiting, CancellationToken cancellation)
    {
        _labels = waiting.Labels;
        waiting.Report(_labels);
        if (_labels < waiting.Wanted && !waiting.IsReleased)
        {
            Waiting = waiting;
            stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>What to do now.</summary>
    public string Advice => Waiting is not { } waiting ? "" : FormattableString.Invariant(
        $"Round {waiting.Round} waits for labels: {_labels} of {waiting.Wanted}. To give them, open the dashboard on this folder:\n")
        + $"  ./seas up --data {waiting.Store.Folder}      page \"Review\" of run {waiting.Run}\n"
        + "With enough labels, or after \"Go on\", resume the run there, or close the dashboard and say\n"
        + $"  ./seas run --resume --data {waiting.Store.Folder}";
}
