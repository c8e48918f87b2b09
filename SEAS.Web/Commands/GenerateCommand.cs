using System.CommandLine;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Training.Text.Templates;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Web.Commands;

/// <summary><c>generate</c>: lets a model continue a text, or answer it as a chat turn.</summary>
internal static class GenerateCommand
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Option<DirectoryInfo> s_model = new("--model")
    {
        Description = "Hugging Face folder: config.json, model.safetensors, tokenizer.json.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<DirectoryInfo?> s_base = Options.Base();
    private static readonly Option<string> s_prompt = Options.Text("--prompt", "TEXT", "", "The text to continue.");
    private static readonly Option<bool> s_chat = Options.Flag("--chat", "Take the prompt as a user's turn and print the answer.");
    private static readonly Option<string?> s_format = Options.Chat("--chat-format", "the model");
    private static readonly Option<double> s_temperature =
        Options.Number("--temperature", 0.8, 0, 5, "0 takes the most probable token always.");
    private static readonly Option<double> s_topP =
        Options.Number("--top-p", 0.9, 0, 1, "Keep the most probable tokens of this much probability.");
    private static readonly Option<int> s_topK =
        Options.Number("--top-k", 0, 0, int.MaxValue, "Keep this many of the most probable tokens; 0 keeps all.");
    private static readonly Option<int> s_tokens =
        Options.Number("--max-new-tokens", 128, 1, 1 << 20, "Longest continuation, in tokens.");
    private static readonly Option<long> s_seed = Options.Number("--seed", 1, 0, long.MaxValue, "Which random numbers.");
    private static readonly Option<string> s_device = Options.Text("--device", "NAME", "auto", "auto, cpu or cuda:N.");
    private static readonly Option<bool> s_asJson = Options.Flag("--json", "Print one line of JSON once it is done.");

    public static Command Create()
    {
        var command = new Command("generate", "Let a model continue a text.")
        {
            s_model, s_base, s_prompt, s_chat, s_format, s_temperature, s_topP, s_topK, s_tokens, s_seed, s_device, s_asJson,
        };
        command.SetAction((arguments, cancellation) => Task.FromResult(Run(arguments, cancellation)));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var device = ComputeDevice.Choose(arguments.GetValue(s_device)!);
        using var folder = ModelFolder.Load(
            arguments.GetRequiredValue(s_model).FullName, device, arguments.GetValue(s_format), arguments.GetValue(s_base)?.FullName);
        var text = arguments.GetValue(s_prompt)!;
        var chat = arguments.GetValue(s_chat);
        foreach (var note in chat ? folder.Chat.Notes : [])
        {
            Console.Error.WriteLine(note);
        }

        var prompt = chat ? folder.Chat.Prompt(new ChatMessage("user", text)) : Opening(folder.Tokenizer, text);
        var answer = new Continuation(folder.Tokenizer, chat ? [] : prompt, arguments.GetValue(s_asJson) ? TextWriter.Null : Console.Out);
        answer.Begin(chat ? "" : text);

        var watch = Stopwatch.StartNew();
        var completion = new Generator(folder.Model).Generate(
            [new GenerationRequest(prompt, [new RandomStream((ulong)arguments.GetValue(s_seed), "generate")])],
            Sampling(arguments),
            StopIds(folder, chat),
            cancellation,
            (_, _, token) => answer.Add(token))[0][0];
        answer.End();
        if (arguments.GetValue(s_asJson))
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                prompt = text,
                text = answer.Text,
                ids = completion.Ids,
                stopped = completion.Stopped,
                prompt_tokens = prompt.Length,
                tokens_per_s = Math.Round(completion.Ids.Length / watch.Elapsed.TotalSeconds),
            }, s_json));
        }

        return ExitCodes.Success;
    }

    private static SamplingSettings Sampling(ParseResult arguments) => new(
        arguments.GetValue(s_temperature), arguments.GetValue(s_topP), arguments.GetValue(s_topK), arguments.GetValue(s_tokens));

    private static int[] Opening(Tokenizer tokenizer, string text)
    {
        var ids = tokenizer.EncodeOpening(text);
        return ids.Length > 0
            ? ids
            : tokenizer.BosId is { } first
                ? [first]
                : throw new UsageException("This model has no token to begin with, so it needs a text: give one with --prompt.");
    }

    private static HashSet<int> StopIds(ModelFolder folder, bool chat)
    {
        var stops = folder.Tokenizer.EndIds.ToHashSet();
        stops.UnionWith(chat ? folder.Chat.StopIds : []);
        return stops;
    }
}
