using System.Diagnostics;
using System.Runtime.InteropServices;
using SEAS.Data.Datasets.Verification;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Text.Templates.Reading;
using SEAS.Web.Commands;
using Machine = System.Runtime.InteropServices.Architecture;

namespace SEAS.Tests.Engine.Torch;

/// <summary>How libtorch is found and loaded, and what is said where it cannot be.</summary>
public sealed class LoadingTests
{
    private const string Unused = "GLIBCXX_3.4.32";

    private static string Binding => Path.Combine((string)AppContext.GetData(TorchLibrary.BindingSetting)!, "libLibTorchSharp.so");

    private static string Package => (string)AppContext.GetData(TorchLibrary.FolderSetting)!;

    [SkippableFact]
    public void One_version_need_becomes_weak_and_nothing_else_changes()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the libraries of other systems are not ELF files");
        var before = File.ReadAllBytes(Binding);
        var after = (byte[])before.Clone();

        Assert.True(VersionNeed.Weaken(after));

        var changed = Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).ToList();
        var at = Assert.Single(changed);
        Assert.Equal((0, 2), (before[at], after[at]));
        var (flags, _) = new ElfFile(after).Need(Unused)!.Value;
        Assert.Equal(at, flags);
        Assert.True(new ElfFile(after).IsWeak(flags));
        Assert.False(new ElfFile(before).IsWeak(flags));
    }

    [SkippableFact]
    public async Task An_independent_reader_sees_the_mark()
    {
        Skip.IfNot(File.Exists("/usr/bin/readelf"), "needs readelf");
        using var folder = new TemporaryFolder();
        var bytes = await File.ReadAllBytesAsync(Binding);
        VersionNeed.Weaken(bytes);
        var file = Path.Combine(folder.Path, "weak.so");
        await File.WriteAllBytesAsync(file, bytes);

        var reader = new ProcessStartInfo("/usr/bin/readelf", ["-V", file]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(reader)!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n');

        Assert.Contains(lines, line => line.Contains($"Name: {Unused}  Flags: WEAK", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Name: GLIBCXX_3.4  Flags: none", StringComparison.Ordinal));
    }

    [Fact]
    public void A_version_that_something_needs_is_not_made_weak()
    {
        var bytes = File.ReadAllBytes(Binding);
        var error = Assert.Throws<TorchUnavailableException>(() => VersionNeed.Weaken(bytes, "GLIBCXX_3.4"));
        Assert.Contains("of GLIBCXX_3.4, which this system's C++ library lacks", error.Message, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Binding), bytes);
        Assert.False(VersionNeed.Weaken(bytes, "GLIBCXX_9.9"));
    }

    [SkippableFact]
    public void A_library_of_one_function_that_was_made_in_memory_runs()
    {
        Skip.IfNot(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Machine.X64, "the instructions are those of x86-64");
        var library = NativeLibrary.Load(MemoryFile.Create("answer", MatrixKernels.OneFunction("answer", [0xb8, 42, 0, 0, 0, 0xc3])));
        Assert.Equal(42, Call(NativeLibrary.GetExport(library, "answer")));

        static unsafe int Call(nint function) => ((delegate* unmanaged<int>)function)();
    }

    [Fact]
    public void A_library_that_is_cut_short_is_noticed()
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(Path.Combine(Package, "libc10.so"));
        Assert.True(ElfFile.IsWhole(Write(whole)));
        Assert.False(ElfFile.IsWhole(Write(whole[..^1])));
        Assert.False(ElfFile.IsWhole(Write(whole[..100])));
        Assert.False(ElfFile.IsWhole(Write(whole[..10])));
        Assert.False(ElfFile.IsWhole(Write([.. "no library but a text that is long enough to be taken for a header, if nobody looks"u8])));

        string Write(byte[] bytes)
        {
            var path = Path.Combine(folder.Path, "library.so");
            File.WriteAllBytes(path, bytes);
            return path;
        }
    }

    [Fact]
    public void A_package_folder_without_a_file_or_with_half_a_file_is_named_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        var missing = Assert.Throws<TorchUnavailableException>(() => TorchFolder.Find(folder.Path, folder.Path, folder.Path));
        Assert.Contains("libc10.so is missing", missing.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet restore --force", missing.Message, StringComparison.Ordinal);

        foreach (var name in (string[])["libc10.so", "libtorch_cpu.so", "libLibTorchSharp.so"])
        {
            File.WriteAllBytes(Path.Combine(folder.Path, name), File.ReadAllBytes(Binding)[..5000]);
        }

        var half = Assert.Throws<TorchUnavailableException>(() => TorchFolder.Find(folder.Path, "/nowhere", "/nowhere"));
        Assert.Contains("libc10.so is not whole", half.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_system_without_a_package_is_told_which_have_one()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<TorchUnavailableException>(() => TorchFolder.Find(folder.Path, null, null));
        Assert.Contains("linux-x64, win-x64, win-arm64 and osx-arm64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_C_library_that_is_too_old_is_named_with_what_would_do()
    {
        var said = TorchLibrary.Explain("/packages/libtorch_cpu.so", "libtorch_cpu.so: version `GLIBC_2.28' not found (required by x)");
        Assert.Contains("libtorch_cpu.so wants GLIBC_2.28", said, StringComparison.Ordinal);
        Assert.Contains("Debian 12, Ubuntu 22.04 or newer", said, StringComparison.Ordinal);
        Assert.Contains(
            "could not load /a.so: no such thing.", TorchLibrary.Explain("/a.so", "no such\nthing"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_processor_without_AVX2_is_refused_where_it_is_of_that_kind()
    {
        Assert.Throws<TorchUnavailableException>(() => TorchLibrary.RequireProcessor(avx2: false, Machine.X64));
        TorchLibrary.RequireProcessor(avx2: false, Machine.Arm64);
        TorchLibrary.RequireProcessor(avx2: true, Machine.X64);
    }

    [Fact]
    public void No_output_folder_holds_a_copy_of_libtorch() =>
        Assert.Empty(Directory.EnumerateFiles(AppContext.BaseDirectory, "*torch_cpu*", SearchOption.AllDirectories));

    [Fact]
    public void An_error_of_libtorch_reaches_people_as_one_line()
    {
        var error = Assert.Throws<ExternalException>(() => TorchSharp.torch.zeros(2, 3).mm(TorchSharp.torch.zeros(2, 3)));
        Assert.Contains('\n', error.Message);
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", TorchError.FirstLine(error));
        Assert.Equal("torch: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", SEAS.Web.Commands.Failure.Explain(error));
    }

    [Fact]
    public void A_call_that_libtorch_refuses_is_an_exception_and_the_process_lives()
    {
        Assert.Throws<ExternalException>(() => new StableCall("aten::there_is_no_such_operator").Run());
        using var scope = TorchSharp.torch.NewDisposeScope();
        var (left, right) = (TorchSharp.torch.zeros(2, 3), TorchSharp.torch.zeros(2, 3));
        Assert.Throws<ExternalException>(() => new StableCall("aten::mm").Tensor(StableCall.Of(left), StableCall.Of(right)));
        var product = new StableCall("aten::mm").Tensor(StableCall.Of(left), StableCall.Of(right.t().contiguous()));
        Assert.Equal([2, 2], product.shape);
    }
}
