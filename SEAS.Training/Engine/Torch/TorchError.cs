using System.Runtime.InteropServices;

namespace SEAS.Training.Engine.Torch;

/// <summary>What libtorch says when it refuses something.</summary>
public static class TorchError
{
    /// <summary>Its sentence, without the C++ stack that follows it.</summary>
    /// <param name="error">What TorchSharp threw.</param>
    public static string FirstLine(ExternalException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var text = error.Message.AsSpan().Trim();
        var end = text.IndexOfAny('\r', '\n');
        return (end < 0 ? text : text[..end]).TrimEnd().ToString();
    }
}
