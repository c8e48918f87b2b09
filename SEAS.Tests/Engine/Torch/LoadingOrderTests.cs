using SEAS.Tests.Support;

namespace SEAS.Tests.Engine.Torch;

/// <summary>libtorch is found whoever names TorchSharp first.</summary>
public sealed class LoadingOrderTests
{
    [Fact]
    public async Task Torch_is_found_when_torchsharp_was_loaded_before_seas()
    {
        using var process = TestProgram.Start(TorchSharpFirst.Part, ".");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));

        await process.WaitForExitAsync(patience.Token);

        Assert.Equal(3, process.ExitCode);
    }
}
