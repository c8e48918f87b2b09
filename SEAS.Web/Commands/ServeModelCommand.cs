using System.CommandLine;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Context;
using SEAS.Training.Serving;
using SEAS.Web.Serving;
using SEAS.Web.Settings;

namespace SEAS.Web.Commands;

/// <summary><c>serve-model</c>: a model for other programs, as OpenAI's API.</summary>
internal static class ServeModelCommand
{
    public const string Name = "serve-model";

    private static readonly Option<DirectoryInfo> s_model = new("--model")
    {
        Description = "Hugging Face folder: config.json, model.safetensors, tokenizer.json.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<DirectoryInfo?> s_base = Options.Base();

    private static readonly Option<string?> s_name = new("--name")
    {
        Description = "What programs call the model. Default: the folder's name.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> s_format = Options.Chat("--chat-format", "the model");
    private static readonly Option<int> s_port = Options.Number("--port", 8171, 0, 65535, "Port to listen on; 0 takes a free one.");
    private static readonly Option<string> s_host = Options.Text(
        "--host", "ADDRESS", "127.0.0.1", "Address to listen on; one that other machines can reach needs SEAS_TOKEN.");
    private static readonly Option<string> s_device = Options.Text("--device", "NAME", "auto", "auto, cpu or cuda:N.");

    public static Command Create()
    {
        var command = new Command(Name, "Offer a model to other programs, as OpenAI's API.")
        {
            s_model, s_base, s_name, s_format, s_port, s_host, s_device,
        };
        command.SetAction(ServeAsync);
        return command;
    }

    private static async Task<int> ServeAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var settings = new WebHostSettings
        {
            DataFolder = string.Empty, Host = arguments.GetValue(s_host)!, Port = arguments.GetValue(s_port),
        };
        PortInUseException.ThrowIfTaken(ListenAddress.From(settings));
        var folder = arguments.GetRequiredValue(s_model);
        var name = arguments.GetValue(s_name) ?? folder.Name;
        using var server = new ModelServer(
            folder.FullName, ComputeDevice.Choose(arguments.GetValue(s_device)!), arguments.GetValue(s_format),
            arguments.GetValue(s_base)?.FullName);
        var model = await server.LoadedAsync().WaitAsync(cancellation);   // a folder that cannot be used ends the program before anything listens
        foreach (var note in model.Chat.Notes)
        {
            Console.WriteLine(note);
        }

        await using var app = ModelHost.Build(settings, new SingleModel(name, server, TimeProvider.System.GetUtcNow()));
        await app.StartAsync(cancellation);
        var gated = string.IsNullOrWhiteSpace(settings.Token) ? "" : "; the key is what SEAS_TOKEN holds";
        Console.WriteLine($"The model {name} answers at {app.Urls.First()}/v1  (Ctrl-C ends it{gated})");
        await app.WaitForShutdownAsync(cancellation);
        return ExitCodes.Success;
    }
}
