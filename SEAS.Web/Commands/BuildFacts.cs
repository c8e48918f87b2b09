using System.Reflection;
using SEAS.Training.Review;

namespace SEAS.Web.Commands;

/// <summary>What this program was built with; the build writes it into the assembly.</summary>
internal static class BuildFacts
{
    /// <summary>The version and, after a plus, the first digits of the revision it was built from, where git was there.</summary>
    public static string Version { get; } = Shortened(
        typeof(BuildFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    /// <summary>TorchSharp's version.</summary>
    public static string TorchSharp { get; } = Fact(nameof(TorchSharp));

    private static string Shortened(string version) =>
        version.IndexOf('+', StringComparison.Ordinal) is var plus and > 0 && version.Length > plus + 10 ? version[..(plus + 10)] : version;

    private static string Fact(string name) =>
        typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(fact => fact.Key == name)?.Value
        ?? "unknown";
}
