using System.CommandLine;

namespace SEAS.Web.Commands;

/// <summary><c>version</c>: which SEAS this is and what it was built with.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var command = new Command("version", "Which SEAS this is and what it was built with.");
        command.SetAction(_ => Console.WriteLine(
            $"SEAS {BuildFacts.Version} · .NET {Environment.Version} · TorchSharp {BuildFacts.TorchSharp}"));
        return command;
    }
}
