using System.CommandLine;
using SEAS.Training.Runs.Context;
using SEAS.Training.Text.Normalization;
using SEAS.Web.Composition;
using SEAS.Web.Settings;

namespace SEAS.Web.Commands;

/// <summary><c>serve</c>: the dashboard. <c>./seas up</c> is this with <c>--open</c>.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    private static readonly WebHostSettings s_standard = new() { DataFolder = "" };

    private static readonly Option<int> s_port =
        Options.Number("--port", s_standard.Port, 0, 65535, "Port to listen on; 0 takes a free one.");
    private static readonly Option<string> s_host =
        Options.Text("--host", "ADDRESS", s_standard.Host, "Address to listen on; one that other machines can reach needs SEAS_TOKEN.");
    private static readonly Option<DirectoryInfo?> s_data = DataFolder.Option();
    private static readonly Option<bool> s_run = Options.Flag("--run", "Start the embedded run at once.");
    private static readonly Option<string> s_preset = Options.Text("--preset", "NAME", "embedded", "Which preset --run starts.");
    private static readonly Option<bool> s_open = Options.Flag("--open", "Open the page in the browser once it answers.");
    private static readonly Option<bool> s_noBrowser = Options.Flag("--no-browser", "Only print the address.");

    private static readonly Option<bool> s_models = Options.Flag(
        "--serve-models", "Let other programs ask the runs' checkpoints, as OpenAI's API under /v1.");

    public static Command Create()
    {
        var command = new Command(Name, "Open the dashboard.") { s_port, s_host, s_data, s_run, s_preset, s_models, s_open, s_noBrowser };
        command.SetAction(ServeAsync);
        return command;
    }

    /// <summary>Makes the dashboard what happens when no verb is given, as <c>dotnet run --project SEAS.Web</c> does.</summary>
    public static void MakeDefault(Command root) => root.SetAction(ServeAsync);

    private static async Task<int> ServeAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var settings = new WebHostSettings
        {
            DataFolder = DataFolder.Prepare(arguments.GetValue(s_data)),
            Host = arguments.GetValue(s_host) ?? s_standard.Host,
            Port = arguments.GetResult(s_port) is null ? s_standard.Port : arguments.GetValue(s_port),
            ServesModels = arguments.GetValue(s_models),
            StartRunPreset = arguments.GetValue(s_run) ? arguments.GetValue(s_preset) : null,
        };

        PortInUseException.ThrowIfTaken(ListenAddress.From(settings));
        await using var app = WebHost.Build(settings);
        await app.StartAsync(cancellation);
        var address = app.Urls.First();
        Console.WriteLine($"The dashboard is at {address}  (runs are kept in {settings.DataFolder}; Ctrl-C ends it)");
        if (arguments.GetValue(s_open) && !arguments.GetValue(s_noBrowser))
        {
            Browser.Open(address);
        }

        await app.WaitForShutdownAsync(cancellation);
        return ExitCodes.Success;
    }
}
