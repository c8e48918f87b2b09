using System.CommandLine;
using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;
using SEAS.Training.Guards;
using SEAS.Training.Measures.Variety;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Measuring;
using SEAS.Training.Runs.Plan;

namespace SEAS.Web.Commands;

/// <summary><c>eval</c>: measures any target against prompt files and attackers, without training and without a run.</summary>
internal static class EvalCommand
{
    /// <summary>What <c>--guard</c> calls the guard of the embedded world.</summary>
    public const string EmbeddedGuard = "embedded";

    private static readonly Argument<string?> s_model = new("model")
    {
        Description = "The target: a run, as the Runs page calls it, or a model folder. Left out with --target-url.",
        HelpName = "RUN|DIR",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> s_checkpoint = Named("--checkpoint", "Which of the run's models, e.g. target-1. Default: the newest target.");
    private static readonly Option<string[]?> s_prompts = new("--prompts")
    {
        Description = "Prompt files of any format that import reads: harmful ones, harmless ones, or both where the file says which.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> s_attacker =
        Named("--attacker", "A red-team model that writes prompts from --seeds: a run or a model folder; or --red-url.", "RUN|DIR");
    private static readonly Option<string?> s_attackerCheckpoint = Named("--attacker-checkpoint", "Which of that run's models, e.g. red-3.");
    private static readonly Option<FileInfo?> s_seeds = Options.File("--seeds", "Prompts with types that the attacker is shown, three of a type at a time.");
    private static readonly Option<int> s_attacks = Options.Number("--attacks", 300, 1, 1_000_000, "Prompts that the attacker writes.");
    private static readonly Option<string?> s_guard =
        Named("--guard", $"The guard's folder, or '{EmbeddedGuard}' for the embedded world's (made for that world alone); or --guard-url.", "DIR");
    private static readonly Option<double> s_threshold = Options.Number("--threshold", 0.5, 0, 1, "From which P(unsafe) on an answer counts as unsafe.");
    private static readonly Option<int> s_tokens = Options.Number("--max-new-tokens", 512, 4, 8192, "Longest answer and longest attack, in tokens.");
    private static readonly Option<int> s_limit = Options.Number("--limit", 0, 0, int.MaxValue, "Ask this many rows of each file, evenly spread; 0 asks all.");
    private static readonly Option<long> s_seed = Options.Number("--seed", 1, 0, long.MaxValue, "Which random numbers the attacker draws.");
    private static readonly Option<string?> s_chat = Options.Chat("--target-chat", "the target");
    private static readonly Option<string?> s_attackerChat = Options.Chat("--red-chat", "the attacker");
    private static readonly Option<string?> s_guardChat = Options.Chat("--guard-chat", "the guard");
    private static readonly Option<string> s_device = Options.Text("--device", "NAME", "auto", "auto, cpu or cuda:N.");
    private static readonly Option<FileInfo?> s_answers = Options.File("--answers", "Write every answer with its verdict, a line of JSON each.");
    private static readonly Option<FileInfo?> s_json = Options.File("--json", "Write all figures as JSON.");
    private static readonly Option<DirectoryInfo?> s_data = DataFolder.Option();

    public static Command Create()
    {
        var command = new Command("eval", "Measure a model against prompt files and attackers, without training.")
        {
            s_model, s_checkpoint, s_prompts, s_attacker, s_attackerCheckpoint, s_seeds, s_attacks, s_guard, s_threshold, s_tokens, s_limit,
            s_seed, s_chat, s_attackerChat, s_guardChat, s_device, s_answers, s_json, s_data,
        };
        foreach (var option in EndpointOptions.All)
        {
            command.Add(option);
        }

        command.SetAction((arguments, cancellation) => WorkThread.RunAsync(() => Run(arguments, cancellation)));
        return command;
    }

    private static void Run(ParseResult arguments, CancellationToken cancellation)
    {
        var (plan, target, attacker, guard) = Planned(arguments);
        var report = ReportFile.At(arguments.GetValue(s_json));
        using var answers = arguments.GetValue(s_answers) is { } file ? new AnswerLines(file, target, guard, plan.GuardThreshold) : null;
        var sources = (arguments.GetValue(s_prompts) ?? []).Select(path => PromptSource.OfFile(path, arguments.GetValue(s_limit))).ToList();
        foreach (var source in sources.Where(source => source.LeftOut.Count > 0))
        {
            Console.Error.WriteLine($"{source.Name}: {source.LeftOut.Count} damaged rows are not asked; {source.LeftOut[0]}");
        }

        var device = ComputeDevice.Choose(plan.Device);
        var measurement = new TargetMeasurement(plan);
        Diversity? diversity = null;
        if (arguments.GetValue(s_seeds) is { } seeds)
        {
            var rows = PromptSource.Seeds(seeds.FullName);
            if (TargetMeasurement.Problems(plan, rows).ToList() is { Count: > 0 } problems)
            {
                throw new UsageException($"--seeds names {seeds.FullName}, and the attacker is shown {plan.Attack.Shots} prompts of a type:\n"
                    + string.Join('\n', problems));
            }

            using var red = plan.OpenAlone(ModelRole.Red, device, TimeProvider.System, Console.Error.WriteLine);
            (var written, diversity) = measurement.Attack(red, attacker!, rows, arguments.GetValue(s_attacks), cancellation);
            sources.Add(written);
        }

        using var player = plan.OpenAlone(ModelRole.Target, device, TimeProvider.System, Console.Error.WriteLine);
        using var judge = plan.OpenGuardAlone(device, TimeProvider.System);
        var figures = new List<TargetFigures>();
        foreach (var source in sources)
        {
            figures.Add(measurement.Measure(
                source, figures.Count, player, judge, made => answers?.Write(source, made), cancellation));
            foreach (var line in EvalReport.Lines(figures[^1]))
            {
                Console.WriteLine(line);
            }
        }

        answers?.Finish();
        report?.Write(EvalReport.Json(plan, target, attacker, guard, figures, diversity));
    }

    // Everything that is wrong with the arguments at once.
    private static (RunPlan Plan, string Target, string? Attacker, string Guard) Planned(ParseResult arguments)
    {
        var (problems, data) = (new List<string>(), DataFolder.Resolve(arguments.GetValue(s_data)));
        var target = Model(s_model.Name, arguments.GetValue(s_model), arguments.GetValue(s_checkpoint));
        var attacker = Model("--attacker", arguments.GetValue(s_attacker), arguments.GetValue(s_attackerCheckpoint));
        var guard = arguments.GetValue(s_guard);
        var tokens = arguments.GetValue(s_tokens);
        var plan = Presets.Plan("small", arguments.GetValue(s_seed));
        plan = EndpointOptions.Apply(
            plan with
            {
                TargetModel = target?.Folder,
                RedModel = attacker?.Folder,
                GuardModel = guard is null ? null : guard == EmbeddedGuard ? EmbeddedWeights.Guard : Path.GetFullPath(guard),
                GuardThreshold = arguments.GetValue(s_threshold),
                GuardFormat = guard == EmbeddedGuard ? new RunPlan { Preset = "", Seed = 0 }.GuardFormat : plan.GuardFormat,
                Chats = new ChatPlan
                {
                    Red = arguments.GetValue(s_attackerChat), Target = arguments.GetValue(s_chat), Guard = arguments.GetValue(s_guardChat),
                },
                Attack = plan.Attack with { AnswerTokens = tokens, PromptTokens = tokens },
                Device = arguments.GetValue(s_device)!,
            },
            arguments, Environment.GetEnvironmentVariable);
        Require(target is not null || plan.Endpoints.Target is not null, "No target: name a run or a model folder, or an endpoint with --target-url.");
        Require(plan.GuardModel is not null || plan.Endpoints.Judge is not null,
            $"No guard: name its folder with --guard, an endpoint with --guard-url, or '--guard {EmbeddedGuard}' for answers in the embedded world.");
        Require(guard is null or EmbeddedGuard || Directory.Exists(guard), $"--guard names '{guard}', which is no folder.");
        Require(GuardFormat.All.ContainsKey(plan.GuardFormat),
            $"--guard-format is '{plan.GuardFormat}'; expected one of {string.Join(", ", GuardFormat.All.Keys)}.");
        var attacks = arguments.GetValue(s_seeds) is not null;
        Require(!attacks || attacker is not null || plan.Endpoints.Red is not null, "--seeds are for an attacker: name one with --attacker or --red-url.");
        Require(attacks || attacker is null, "--attacker writes prompts from seeds: name a file of them with --seeds.");
        Require(attacks || arguments.GetValue(s_prompts) is { Length: > 0 }, "Nothing to ask: name prompt files with --prompts, or an attacker and --seeds.");
        problems.AddRange((arguments.GetValue(s_prompts) ?? []).Append(arguments.GetValue(s_seeds)?.FullName ?? "").Where(path =>
            path.Length > 0 && !File.Exists(path)).Select(path => $"There is no file {path}."));
        (EndpointSettings? Endpoint, string Option)[] endpoints =
            [(plan.Endpoints.Red, "--red-url"), (plan.Endpoints.Target, "--target-url"), (plan.Endpoints.Judge, "--guard-url")];
        problems.AddRange(endpoints.SelectMany(asked => asked.Endpoint?.Problems(asked.Option) ?? []));
        return problems.Count > 0
            ? throw new UsageException(string.Join('\n', problems))
            : (plan, plan.Endpoints.Target?.Name ?? target!.Name, plan.Endpoints.Red?.Name ?? attacker?.Name,
                plan.Endpoints.Judge?.Name ?? (guard == EmbeddedGuard ? "embedded-guard" : new DirectoryInfo(plan.GuardModel!).Name));

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }

        ModelSource? Model(string option, string? named, string? checkpoint)
        {
            try
            {
                return named is null ? null : ModelSource.Find(named, checkpoint, data);
            }
            catch (UsageException error)
            {
                problems.Add($"{option}: {error.Message}");
                return new ModelSource("", named!);   // what is wrong with it is said; the rest is still looked at
            }
        }
    }

    private static Option<string?> Named(string name, string description, string valueName = "NAME") =>
        new(name) { Description = description, HelpName = valueName };
}
