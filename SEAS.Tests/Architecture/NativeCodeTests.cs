using System.Text.RegularExpressions;

namespace SEAS.Tests.Architecture;

public sealed partial class NativeCodeTests
{
    private const string Seam = "SEAS.Training/Engine/Torch";

    private static readonly Rule<SourceFile> s_rule = new(
        $"Only {Seam} and its tests call native code (libc is open to all)",
        file => file.IsUnder(Seam) || file.IsUnder("SEAS.Tests/Engine/Torch")
            ? []
            : Imports().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}"));

    [Fact]
    public void Only_the_seam_calls_native_code() => s_rule.AssertHolds(SourceTree.Files(".cs"), atLeast: 60);

    [Theory]
    [InlineData("[DllImport(\"seas_torch\")] static extern void F();")]
    [InlineData("[LibraryImport(Native.Library)] static partial void F();")]
    [InlineData("NativeLibrary.Load(\"libtorch.so\");")]
    public void A_native_call_elsewhere_is_noticed(string source) =>
        Assert.Throws<RuleBroken>(() => s_rule.AssertHolds([new SourceFile("SEAS.Training/Models/Planted.cs", source)], atLeast: 1));

    [Theory]
    [InlineData("SEAS.Training/Engine/Torch/Native/A.cs", "[LibraryImport(\"seas_torch\")] static partial void F();")]
    [InlineData("SEAS.Data/Connections/A.cs", "[LibraryImport(\"libc\")] static partial int fsync(int fd);")]
    public void The_seam_and_libc_are_open(string path, string source) => s_rule.AssertHolds([new SourceFile(path, source)], atLeast: 1);

    [GeneratedRegex("""^[^\n"/]*(\[(DllImport|LibraryImport)\((?!\s*"libc")[^\n]*|\bNativeLibrary\.\w+)""",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, 5000)]
    private static partial Regex Imports();
}
