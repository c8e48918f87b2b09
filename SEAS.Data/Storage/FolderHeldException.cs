using SEAS.Data.Contracts;

namespace SEAS.Data.Storage;

/// <summary>The data folder is another process's. The message says whose, and what to do.</summary>
internal sealed class FolderHeldException : StoreException
{
    /// <param name="folder">The folder.</param>
    /// <param name="holder">The process that has it, and what it is, as far as it says.</param>
    /// <param name="cause">What the file system said.</param>
    public FolderHeldException(string folder, (int? Process, string What) holder, Exception cause)
        : base(
            $"The data folder {folder} should be free but is in use by another SEAS process{Name(holder)}. {Advice(holder)}, "
            + "or name another data folder.", cause)
    {
    }

    private static string Name((int? Process, string What) holder) => holder.Process is not { } process ? ""
        : holder.What.Length == 0 ? FormattableString.Invariant($" (number {process})")
        : FormattableString.Invariant($" (number {process}, {holder.What})");

    private static string Advice((int? Process, string What) holder)
    {
        var end = holder.Process is { } process ? FormattableString.Invariant($"end it with: kill {process}") : "end it";
        return holder.What == FolderLock.Dashboard
            ? $"Do it on its pages (Datasets imports and exports files), {end}"
            : $"Wait until it is done, {end}";
    }
}
