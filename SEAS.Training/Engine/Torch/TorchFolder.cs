using System.Runtime.InteropServices;

namespace SEAS.Training.Engine.Torch;

/// <summary>Where libtorch's files are: beside the program when it was published, else in NuGet's package.</summary>
/// <param name="Libraries">The folder of libtorch's own files.</param>
/// <param name="Binding">TorchSharp's native part.</param>
internal sealed record TorchFolder(string Libraries, string Binding)
{
    private const string Cpu = "libtorch_cpu.so";
    private const string Bound = "libLibTorchSharp.so";

    /// <summary>Looks at the places in order, and at what is there.</summary>
    /// <exception cref="TorchUnavailableException">No place has all files, or a file is cut short.</exception>
    public static TorchFolder Find() =>
        Find(AppContext.BaseDirectory, Setting(TorchLibrary.FolderSetting), Setting(TorchLibrary.BindingSetting));

    /// <param name="program">The program's own folder.</param>
    /// <param name="package">libtorch's package, as the build wrote it down; null where it wrote nothing.</param>
    /// <param name="binding">TorchSharp's package, the same.</param>
    internal static TorchFolder Find(string program, string? package, string? binding)
    {
        var beside = Path.Combine(program, "runtimes", "linux-x64", "native");
        foreach (var folder in (string[])[beside, program])
        {
            if (File.Exists(Path.Combine(folder, Cpu)))
            {
                return new TorchFolder(folder, Path.Combine(folder, Bound)).Checked();
            }
        }

        if (package is null || binding is null)
        {
            throw new TorchUnavailableException(
                $"there is no libtorch for {RuntimeInformation.RuntimeIdentifier}. NuGet has it for linux-x64, win-x64, win-arm64 and "
                + "osx-arm64. Run SEAS on one of these, and build it there.");
        }

        return new TorchFolder(package, Path.Combine(binding, Bound)).Checked();
    }

    /// <summary>The path of one of libtorch's files, null where this package has none of that name.</summary>
    public string? Optional(string name) => Path.Combine(Libraries, name) is var file && File.Exists(file) ? file : null;

    private TorchFolder Checked()
    {
        foreach (var file in (string[])[Path.Combine(Libraries, "libc10.so"), Path.Combine(Libraries, Cpu), Binding])
        {
            if (!File.Exists(file))
            {
                throw new TorchUnavailableException(
                    $"{file} is missing. It is one of the files of libtorch's NuGet packages. Run \"dotnet restore --force\", or delete "
                    + "the package's folder and run ./seas again, so that NuGet lays it anew.");
            }

            if (!ElfFile.IsWhole(file))
            {
                throw new TorchUnavailableException(
                    $"{file} is not whole: it was cut short, for example by a full disk or an interrupted download. Delete the package's "
                    + "folder and run ./seas again, so that NuGet lays it anew.");
            }
        }

        return this;
    }

    private static string? Setting(string name) => AppContext.GetData(name) as string is { Length: > 0 } value ? value : null;
}
