using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Fuzzing;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Templates;
using SEAS.Training.Text.Templates.Values;
using static TorchSharp.torch;

namespace SEAS.Web.Commands;

/// <summary>Damages model folders at random and opens them: each is read, or refused with a reason, in bounded memory and time.</summary>
internal sealed partial class FolderFuzz
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private const long MostMemory = 256 << 20;
    private const int Repeats = 2;
    private const string Weights = ".safetensors";

    /// <summary>What a file may say of a size, an offset or an id.</summary>
    private static readonly string[] s_lies =
    [
        "0", "1", "-1", "3", "65536", "2147483647", "2147483648", "4294967296", "9007199254740993", "9223372036854775807",
        "9223372036854775808", "18446744073709551615", "1e999", "0.5", "null", "\"8\"", "[]",
    ];

    private readonly IReadOnlyList<(string Folder, IReadOnlyList<(string Name, byte[] Bytes)> Files)> _kinds;
    private readonly ulong _seed;

    /// <param name="originals">A folder with sound model folders of every kind; what is changed is a copy.</param>
    /// <param name="folder">Where the copies go. The last input of each kind stays in it.</param>
    /// <param name="seed">Names the inputs: the same seed gives the same ones.</param>
    public FolderFuzz(string originals, string folder, long seed)
    {
        _kinds = [.. Directory.GetDirectories(originals).Order(StringComparer.Ordinal).Select(original => (
            Directory.CreateDirectory(Path.Combine(folder, Path.GetFileName(original))).FullName, Read(original)))];
        _seed = (ulong)seed;
    }

    /// <summary>Makes input after input, and stops at the first that is neither read nor refused as it should be.</summary>
    /// <exception cref="FolderFuzzException">An input crashed, took too long or too much memory.</exception>
    public FuzzResult Run(int inputs, IProgress<int>? progress, CancellationToken cancellation)
    {
        var (taken, refused, slowest) = (0, 0, TimeSpan.Zero);
        for (var input = 0; input < inputs; input++)
        {
            cancellation.ThrowIfCancellationRequested();
            var changed = Make(input);
            var (isTaken, time) = Try(input, changed);
            for (var again = 0; time > s_patience && again < Repeats; again++)
            {
                (isTaken, time) = Try(input, changed);   // the machine may have been busy with something else
            }

            if (time > s_patience)
            {
                throw new FolderFuzzException(input, changed, FormattableString.Invariant($"took {time.TotalSeconds:0.0} s"), null);
            }

            (taken, refused) = isTaken ? (taken + 1, refused) : (taken, refused + 1);
            slowest = time > slowest ? time : slowest;
            progress?.Report(input + 1);
        }

        return new FuzzResult(inputs, taken, refused, slowest);
    }

    /// <summary>Writes the sound folder with one file changed, and says which.</summary>
    private string Make(int input)
    {
        var change = new FuzzedFile(_seed ^ ((ulong)input * 0xD1342543DE82EF95));
        var (folder, files) = _kinds[change.Next(_kinds.Count)];
        var (name, original) = files[change.Next(files.Count)];
        foreach (var (other, bytes) in files)
        {
            File.WriteAllBytes(Path.Combine(folder, other), bytes);
        }

        var changed = Path.Combine(folder, name);
        switch (change.Next(12))
        {
            case 0:
                File.Delete(changed);
                break;
            case < 5:
                File.WriteAllBytes(changed, change.Of(original, original.Length + (1 << 16)));
                break;
            default:
                File.WriteAllBytes(changed, Lie(name, original, change));
                break;
        }

        return changed;
    }

    private static List<(string Name, byte[] Bytes)> Read(string original) =>
        [.. Directory.GetFiles(original).Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))];

    /// <summary>Puts a number in the place of another; in a weights file within its table, whose length is then told rightly.</summary>
    private static byte[] Lie(string name, byte[] original, FuzzedFile change)
    {
        if (!name.EndsWith(Weights, StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetBytes(Lie(Encoding.UTF8.GetString(original), change));
        }

        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(original);
        var table = Encoding.UTF8.GetBytes(Lie(Encoding.UTF8.GetString(original, sizeof(ulong), length), change));
        var prefix = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, change.Next(8) == 0 ? ulong.MaxValue >> change.Next(64) : (ulong)table.Length);
        return [.. prefix, .. table, .. original[(sizeof(ulong) + length)..]];
    }

    private static string Lie(string text, FuzzedFile change)
    {
        var numbers = Numbers().Matches(text);
        if (numbers.Count == 0)
        {
            return text;
        }

        var number = numbers[change.Next(numbers.Count)];
        return text[..number.Index] + s_lies[change.Next(s_lies.Length)] + text[(number.Index + number.Length)..];
    }

    private (bool IsTaken, TimeSpan Time) Try(int input, string changed)
    {
        var start = Stopwatch.GetTimestamp();
        var memory = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var isTaken = Open(Path.GetDirectoryName(changed)!);
            var used = GC.GetAllocatedBytesForCurrentThread() - memory;
            return used <= MostMemory ? (isTaken, Stopwatch.GetElapsedTime(start)) : throw new InvalidOperationException(
                FormattableString.Invariant($"{used >> 20} MiB were taken"));
        }
        catch (Exception error)
        {
            throw new FolderFuzzException(input, changed, $"threw {error.GetType().Name}: {error.Message}", error);
        }
    }

    private static bool Open(string folder)
    {
        try
        {
            using var model = ModelFolder.Load(folder, CPU);
            var ids = model.Chat.Prompt(new ChatMessage("user", "How do bees find home? 12 of them."));
            _ = model.Tokenizer.Decode(ids, skipSpecial: false);
            _ = model.Chat.Answer("They remember.");
            return true;
        }
        catch (Exception error) when (
            error is CheckpointException or ChatTemplateException or InvalidDataException or FileNotFoundException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"(?<![\w.""])-?\d+(\.\d+)?([eE][+-]?\d+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbers();
}

/// <summary>An input was not treated as it should be.</summary>
internal sealed class FolderFuzzException(int input, string changed, string what, Exception? cause) : Exception(
    FormattableString.Invariant(
        $"Input {input}, with {changed} changed, should be read or refused with a reason but {what}. Mend the reader, and add a test."),
    cause);
