using System.Globalization;
using SEAS.Training.Runs.Plan;
using TorchSharp;
using static TorchSharp.torch;

namespace SEAS.Training.Runs.Context;

/// <summary>Turns a plan's device into a torch device.</summary>
public static class ComputeDevice
{
    /// <summary>Reads <c>auto</c>, <c>cpu</c> or <c>cuda:N</c>; auto takes the first GPU where there is one.</summary>
    /// <exception cref="RunPlanException">The text is none of these, or names a GPU that is not there.</exception>
    public static Device Choose(string text)
    {
        if (text is "cpu")
        {
            return torch.CPU;
        }

        if (text is "auto")
        {
            return cuda.is_available() ? torch.device("cuda:0") : torch.CPU;
        }

        if (!text.StartsWith("cuda:", StringComparison.Ordinal)
            || !int.TryParse(text[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            throw new RunPlanException([$"Device is '{text}'; expected auto, cpu or cuda:N, for example cuda:0."]);
        }

        var found = cuda.is_available() ? cuda.device_count() : 0;
        return index < found
            ? torch.device(text)
            : throw new RunPlanException(
                [$"Device is '{text}', but torch sees {found} GPU(s) here. Use auto or cpu; ./seas doctor shows which torch is loaded."]);
    }
}
