using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;
using SEAS.Training.Guards;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Plan;
using static TorchSharp.torch;

namespace SEAS.Training.Runs.Context;

/// <summary>Opens the models that a plan names, each with the chat format that it names, or where it is reached.</summary>
internal static class RunModels
{
    /// <summary>The weights that R or T begin from.</summary>
    public static ModelFolder OpenBase(this LoopContext context, ModelRole role)
    {
        var (plan, folder) = (context.Plan, context.Plan.BaseFolder(role));
        return context.Given.Open(role.Name(), folder, () => plan.Open(
            folder, context.Device, role == ModelRole.Red ? plan.Chats.Red : plan.Chats.Target, context.Shelf));
    }

    /// <summary>What the run made of them, as it was kept in memory when it was made.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="folder">The checkpoint.</param>
    /// <param name="device">Where the weights shall live.</param>
    /// <param name="shelf">Weights that the run's other models share; null where they share none, or where this one is alone.</param>
    public static ModelFolder OpenCheckpoint(this RunPlan plan, string folder, Device device, BaseShelf? shelf = null)
    {
        // With adapters merged the last digits differ, so whoever does a run's work again computes as the run did.
        using var own = plan.SharedBase && shelf is null ? new BaseShelf() : null;
        return plan.Open(folder, device, chat: null, shelf ?? own);
    }

    private static ModelFolder Open(this RunPlan plan, string folder, Device device, string? chat, BaseShelf? shelf) => shelf is null
        ? ModelFolder.Load(folder, device, chat, weights: plan.Weights)
        : ModelFolder.Load(folder, device, chat, plan.Weights, shelf);

    /// <summary>Where they lie.</summary>
    public static string BaseFolder(this RunPlan plan, ModelRole role) =>
        (role == ModelRole.Red ? plan.RedModel : plan.TargetModel) ?? EmbeddedWeights.Base;

    /// <summary>One iterate of R or T; behind an endpoint all are the same.</summary>
    public static IChatModel OpenChatModel(this LoopContext context, ModelRole role, int iteration)
    {
        if (context.Plan.Endpoints.Of(role) is not { } endpoint)
        {
            if (context.Residency is not { } residency)
            {
                return LocalChatModel.Open(context, role, iteration);
            }

            var player = residency.Open(() => LocalChatModel.Open(context, role, iteration), opened => opened.Folder.Model);
            return new ResidentChatModel(player, player.Folder.Model, residency);
        }

        var who = role == ModelRole.Red ? EndpointRole.Red : EndpointRole.Target;
        return new RemoteChatModel(Client(context, who, endpoint), use => context.Endpoints.Tell(who, use));
    }

    /// <summary>The guard of a run.</summary>
    public static IGuard OpenGuard(this LoopContext context)
    {
        if (context.Plan.Endpoints.Judge is { } endpoint)
        {
            return new RemoteGuard(
                Client(context, EndpointRole.Judge, endpoint), context.Plan.Format(),
                use => context.Endpoints.Tell(EndpointRole.Judge, use));
        }

        if (context.Residency is not { } residency)
        {
            return Given(context.Shelf);
        }

        var guard = residency.Open(() => Given(shelf: null), opened => opened.Model);
        return new ResidentGuard(guard, guard.Model, residency);

        Guard Given(BaseShelf? shelf) =>
            context.Given.Open("guard", context.Plan.GuardFolder(), () => context.Plan.OpenGuard(context.Device, shelf));
    }

    /// <summary>The guard's own weights.</summary>
    public static Guard OpenGuard(this RunPlan plan, Device device, BaseShelf? shelf = null) =>
        Guard.Load(plan.GuardFolder(), device, plan.Chats.Guard, plan.Format(), plan.Weights, shelf);

    private static string GuardFolder(this RunPlan plan) => plan.GuardModel ?? EmbeddedWeights.Guard;

    private static GuardFormat Format(this RunPlan plan) => GuardFormat.All[plan.GuardFormat];

    /// <summary>A model of R or T that stands by itself, in no run: the folder or the endpoint that a plan names.</summary>
    /// <exception cref="CheckpointException">The folder cannot be read.</exception>
    public static IChatModel OpenAlone(this RunPlan plan, ModelRole role, Device device, TimeProvider clock, Action<string> say)
    {
        if (plan.Endpoints.Of(role) is { } endpoint)
        {
            return new RemoteChatModel(Client(plan, role == ModelRole.Red ? EndpointRole.Red : EndpointRole.Target, endpoint, clock), _ => { });
        }

        var chat = role == ModelRole.Red ? plan.Chats.Red : plan.Chats.Target;
        return new LocalChatModel(ModelFolder.Load(plan.BaseFolder(role), device, chat, weights: plan.Weights), say);
    }

    /// <summary>The guard that a plan names, in no run.</summary>
    public static IGuard OpenGuardAlone(this RunPlan plan, Device device, TimeProvider clock) => plan.Endpoints.Judge is { } endpoint
        ? new RemoteGuard(Client(plan, EndpointRole.Judge, endpoint, clock), plan.Format(), _ => { })
        : plan.OpenGuard(device);

    private static EndpointClient Client(LoopContext context, EndpointRole role, EndpointSettings endpoint) =>
        Client(context.Plan, role, endpoint, context.Store.Clock, context.Endpoints.Manners(role, endpoint));

    private static EndpointClient Client(RunPlan plan, EndpointRole role, EndpointSettings endpoint, TimeProvider clock,
        RequestManners? manners = null) => new(
        endpoint, EndpointKey.Find(role, endpoint.Url, Environment.GetEnvironmentVariable),
        role switch { EndpointRole.Red => "the red-team model", EndpointRole.Target => "the target", _ => "the guard" },
        clock, (ulong)plan.Seed, manners);
}
