using SEAS.Data.Domain;
using SEAS.Training.Checkpoints;
using SEAS.Training.Embedded;
using SEAS.Training.Judging;
using static TorchSharp.torch;

namespace SEAS.Training.Loop;

/// <summary>Opens the models that a plan names, each with the chat format that it names.</summary>
internal static class RunModels
{
    /// <summary>The weights that R or T begin from.</summary>
    public static ModelFolder OpenBase(this RunPlan plan, ModelRole role, Device device) => role == ModelRole.Red
        ? ModelFolder.Load(plan.RedModel ?? EmbeddedWeights.Base, device, plan.Chats.Red)
        : ModelFolder.Load(plan.TargetModel ?? EmbeddedWeights.Base, device, plan.Chats.Target);

    /// <summary>The guard.</summary>
    public static Guard OpenGuard(this RunPlan plan, Device device) =>
        Guard.Load(plan.GuardModel ?? EmbeddedWeights.Guard, device, plan.Chats.Guard);
}
