using SEAS.Data.Domain;
using SEAS.Training.Checkpoints;
using SEAS.Training.Embedded;
using SEAS.Training.Endpoints;
using SEAS.Training.Judging;
using static TorchSharp.torch;

namespace SEAS.Training.Loop;

/// <summary>Opens the models that a plan names, each with the chat format that it names, or where it is reached.</summary>
internal static class RunModels
{
    /// <summary>The weights that R or T begin from.</summary>
    public static ModelFolder OpenBase(this RunPlan plan, ModelRole role, Device device) =>
        ModelFolder.Load(
            plan.BaseFolder(role), device, role == ModelRole.Red ? plan.Chats.Red : plan.Chats.Target, weights: plan.Weights);

    /// <summary>What the run made of them, as it was kept in memory when it was made.</summary>
    public static ModelFolder OpenCheckpoint(this RunPlan plan, string folder, Device device) =>
        ModelFolder.Load(folder, device, weights: plan.Weights);

    /// <summary>Where they lie.</summary>
    public static string BaseFolder(this RunPlan plan, ModelRole role) =>
        (role == ModelRole.Red ? plan.RedModel : plan.TargetModel) ?? EmbeddedWeights.Base;

    /// <summary>One iterate of R or T; behind an endpoint all are the same.</summary>
    public static IPlayer OpenPlayer(this LoopContext context, ModelRole role, int iteration)
    {
        if (context.Plan.Endpoints.Of(role) is not { } endpoint)
        {
            if (context.Residency is not { } residency)
            {
                return Player.Open(context, role, iteration);
            }

            var player = residency.Open(() => Player.Open(context, role, iteration), opened => opened.Folder.Model);
            return new ResidentPlayer(player, player.Folder.Model, residency);
        }

        var who = role == ModelRole.Red ? EndpointRole.Red : EndpointRole.Target;
        return new RemotePlayer(Client(context.Plan, who, endpoint), use => context.Endpoints.Tell(who, use));
    }

    /// <summary>The guard of a run.</summary>
    public static IGuard OpenGuard(this LoopContext context)
    {
        if (context.Plan.Endpoints.Judge is { } endpoint)
        {
            return new RemoteGuard(
                Client(context.Plan, EndpointRole.Judge, endpoint), context.Plan.Format(),
                use => context.Endpoints.Tell(EndpointRole.Judge, use));
        }

        if (context.Residency is not { } residency)
        {
            return context.Plan.OpenGuard(context.Device);
        }

        var guard = residency.Open(() => context.Plan.OpenGuard(context.Device), opened => opened.Model);
        return new ResidentGuard(guard, guard.Model, residency);
    }

    /// <summary>The guard's own weights.</summary>
    public static Guard OpenGuard(this RunPlan plan, Device device) =>
        Guard.Load(plan.GuardModel ?? EmbeddedWeights.Guard, device, plan.Chats.Guard, plan.Format(), plan.Weights);

    private static GuardFormat Format(this RunPlan plan) => GuardFormat.All[plan.GuardFormat];

    private static EndpointClient Client(RunPlan plan, EndpointRole role, EndpointSettings endpoint) => new(
        endpoint, EndpointKey.Find(role, endpoint.Url, Environment.GetEnvironmentVariable),
        role switch { EndpointRole.Red => "the red-team model", EndpointRole.Target => "the target", _ => "the guard" },
        TimeProvider.System, (ulong)plan.Seed);
}
