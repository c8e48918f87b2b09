namespace SEAS.Web.Commands;

/// <summary>What a verb tells the shell.</summary>
internal static class ExitCodes
{
    /// <summary>It did what was asked.</summary>
    public const int Success = 0;

    /// <summary>It could not; a message on the error stream says why and what to do.</summary>
    public const int Error = 1;

    /// <summary>The arguments cannot be understood or cannot be used; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>A run stopped where it waits for people's labels; it says where to give them and how to go on.</summary>
    public const int WaitsForLabels = 3;
}
