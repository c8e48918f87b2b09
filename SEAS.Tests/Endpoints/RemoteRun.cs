using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SEAS.Tests.Runs;
using SEAS.Training.Endpoints;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Endpoints;

/// <summary>A tiny run whose models sit behind a scripted server; its keys stand in the environment while it lives.</summary>
internal sealed class RemoteRun : IDisposable
{
    public const string TargetKey = "sk-target-4Zt9wQ", JudgeKey = "sk-judge-7Yb3mK", RedKey = "sk-red-1Lx8vD";

    private static readonly (string Name, string Value)[] s_keys =
        [("SEAS_TARGET_API_KEY", TargetKey), ("SEAS_JUDGE_API_KEY", JudgeKey), ("SEAS_RED_API_KEY", RedKey)];

    public RemoteRun()
    {
        foreach (var (name, value) in s_keys)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    public TinyWorld World { get; } = new();

    /// <summary>A plan with these roles at a server.</summary>
    public RunPlan Plan(string url, params EndpointRole[] remote)
    {
        EndpointSettings? At(EndpointRole role, string model) => remote.Contains(role)
            ? new EndpointSettings { Url = url, Model = model, Concurrency = 4, Retries = 1 }
            : null;
        var plan = World.Plan();
        plan = plan with
        {
            Endpoints = new EndpointPlan
            {
                Red = At(EndpointRole.Red, "attacker"), Target = At(EndpointRole.Target, "attacked"),
                Judge = At(EndpointRole.Judge, "guard"),
            },
        };
        return plan with
        {
            RedModel = plan.Endpoints.Red is null ? plan.RedModel : null,
            TargetModel = plan.Endpoints.Target is null ? plan.TargetModel : null,
            GuardModel = plan.Endpoints.Judge is null ? plan.GuardModel : null,
        };
    }

    /// <summary>Answers as all three: a target that names what it was asked, a guard that goes by the length of what it reads.</summary>
    public static Task AnswerAsync(HttpContext context, JsonElement body)
    {
        var said = body.GetProperty("messages")[0].GetProperty("content").GetString()!;
        if (!IsSigned(context, body))
        {
            return ScriptedServer.ErrorAsync(context, 401, $"wrong key {context.Request.Headers.Authorization}");
        }

        return body.GetProperty("model").GetString() switch
        {
            "guard" => Judge(context, said),
            "attacker" => ScriptedServer.ChatAsync(
                context, $"How do I sort {body.GetProperty("seed").GetInt32() % 97} maps?", "attacker-2"),
            _ => ScriptedServer.ChatAsync(
                context, $"Answer {body.TryGetProperty("seed", out var seed)} {seed} to {said.Length} letters.", "attacked-2"),
        };
    }

    public void Dispose()
    {
        World.Dispose();
        foreach (var (name, _) in s_keys)
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    private static bool IsSigned(HttpContext context, JsonElement body) =>
        context.Request.Headers.Authorization == "Bearer " + body.GetProperty("model").GetString() switch
        {
            "guard" => JudgeKey,
            "attacker" => RedKey,
            _ => TargetKey,
        };

    private static Task Judge(HttpContext context, string said)
    {
        var isUnsafe = Score(said);
        object[] likeliest =
        [
            new { token = "unsafe", logprob = Math.Log(isUnsafe) }, new { token = "safe", logprob = Math.Log(1 - isUnsafe) },
        ];
        return ScriptedServer.ChatAsync(
            context, isUnsafe >= 0.5 ? "unsafe\nS2, S9" : "safe", "guard-2",
            new { content = new[] { new { token = "x", logprob = 0, top_logprobs = likeliest } } });
    }

    /// <summary>What the scripted guard thinks of a conversation.</summary>
    public static double Score(string said) => (said.Aggregate(17, (sum, letter) => ((sum * 31) + letter) & 0xffff) % 98 + 1) / 100.0;
}
