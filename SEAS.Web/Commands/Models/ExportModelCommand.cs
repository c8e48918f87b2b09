using System.CommandLine;
using SEAS.Data.Contracts;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;

namespace SEAS.Web.Commands;

/// <summary><c>export-model</c>: takes a model away in the forms that other programs read.</summary>
internal static class ExportModelCommand
{
    private static readonly Argument<string> s_model = new("model")
    {
        Description = "A run, as the Runs page calls it, or a model folder (an adapter's too: it is merged into its base).",
        HelpName = "RUN|DIR",
    };

    private static readonly Option<string?> s_checkpoint = new("--checkpoint")
    {
        Description = "Which of the run's models, e.g. red-1. Default: the newest target.",
        HelpName = "NAME",
    };

    private static readonly Option<string> s_format = Options.Text(
        "--format", "NAME", "hf", "hf: a Hugging Face folder; peft: the adapters since the run's base; gguf: a file for llama.cpp.");

    private static readonly Option<string> s_precision = Options.Text(
        "--precision", "NAME", "f32", $"{string.Join(", ", WeightPrecisions.Names)}; q8_0 in a GGUF file only.");

    private static readonly Option<string> s_output = new("--output", "-o")
    {
        Description = "The folder to make, or the GGUF file.",
        HelpName = "PATH",
        Required = true,
    };

    private static readonly Option<DirectoryInfo?> s_base = Options.Base();

    private static readonly Option<string?> s_chat = Options.Chat("--chat-format", "the model");
    private static readonly Option<DirectoryInfo?> s_data = DataFolder.Option();

    public static Command Create()
    {
        s_format.AcceptOnlyFromAmong("hf", "peft", "gguf");
        s_precision.AcceptOnlyFromAmong([.. WeightPrecisions.Names]);
        var command = new Command("export-model", "Export a model: Hugging Face folder, PEFT adapter or GGUF file.")
        {
            s_model, s_checkpoint, s_format, s_precision, s_output, s_base, s_chat, s_data,
        };
        command.SetAction(arguments => Run(arguments));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var source = ModelSource.Find(
            arguments.GetRequiredValue(s_model), arguments.GetValue(s_checkpoint), DataFolder.Resolve(arguments.GetValue(s_data)));
        var precision = WeightPrecisions.Find(arguments.GetValue(s_precision)!)!.Value;
        var output = Path.GetFullPath(arguments.GetRequiredValue(s_output));
        if (arguments.GetValue(s_format) == "peft")
        {
            PeftExport.ToFolder(source.Folder, output);
            Console.WriteLine(output);
            return ExitCodes.Success;
        }

        using var model = ModelFolder.Load(
            source.Folder, ComputeDevice.Choose("cpu"), arguments.GetValue(s_chat), arguments.GetValue(s_base)?.FullName);
        if (arguments.GetValue(s_format) == "gguf")
        {
            ModelExport.ToGguf(model, output, precision, source.Name);
        }
        else
        {
            ModelExport.ToFolder(model, output, precision, source.Manifest);
        }

        Console.WriteLine(output);
        return ExitCodes.Success;
    }
}
