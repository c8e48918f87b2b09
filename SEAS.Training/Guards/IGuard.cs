namespace SEAS.Training.Guards;

/// <summary>Judges answers, wherever its weights are.</summary>
public interface IGuard : IDisposable
{
    /// <summary>Reads each answer to its prompt.</summary>
    /// <param name="pairs">Prompt and answer; untrusted text, read as text only.</param>
    /// <param name="cancellation">Checked between batches.</param>
    IReadOnlyList<GuardReading> Read(IReadOnlyList<(string Prompt, string Answer)> pairs, CancellationToken cancellation);
}
