using SEAS.Tests.Golden;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.ModelFiles;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Recipes;

/// <summary>A training that is cut off after any step and taken up from what was kept ends as one that nobody disturbed: every bit.</summary>
public sealed class CutOffTrainingTests : IDisposable
{
    private static readonly LoraSettings s_lora = new() { Rank = 2, Alpha = 4 };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<bool, bool, bool> Kinds => new()
    {
        { false, false, false }, { false, false, true }, { false, true, false },
        { true, false, false }, { true, false, true }, { true, true, false },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_ends_in_the_same_weights_and_measures_the_same_steps(bool pairs, bool adapters, bool bfloat16)
    {
        using var calm = Model(bfloat16);
        var undisturbed = Train(calm, pairs, adapters, saves: null, stopAfter: int.MaxValue);
        Assert.Equal(8, undisturbed.Count);
        for (var cut = 1; cut < undisturbed.Count; cut++)
        {
            var files = new TrainingFiles(Path.Combine(_folder.Path, $"{cut}"));
            using var first = Model(bfloat16);
            var before = Train(first, pairs, adapters, new Saves(files, every: 3), stopAfter: cut);
            using var second = Model(bfloat16);
            var saves = new Saves(files, every: 3);
            var after = Train(second, pairs, adapters, saves, stopAfter: int.MaxValue);

            Assert.Equal(cut, before.Count);
            Assert.Equal(cut / 3 * 3, saves.TakenUpAt);
            Assert.Equal(undisturbed.Skip(saves.TakenUpAt), after);
            Assert.Equal(Bits(calm), Bits(second));
        }
    }

    [Fact]
    public void A_damaged_file_is_refused_by_name_and_the_one_before_it_taken()
    {
        var files = new TrainingFiles(Path.Combine(_folder.Path, "kept"));
        using var first = Model(bfloat16: false);
        Train(first, pairs: false, adapters: false, new Saves(files, every: 2), stopAfter: 5);
        var newest = Directory.EnumerateFiles(files.Folder, "*.safetensors").Order(StringComparer.Ordinal).Last();
        using (var file = File.OpenWrite(newest))
        {
            file.Position = file.Length - 3;
            file.WriteByte(0x55);
        }

        using var second = Model(bfloat16: false);
        var saves = new Saves(files, every: 2);
        Train(second, pairs: false, adapters: false, saves, stopAfter: int.MaxValue);

        Assert.Equal(2, saves.TakenUpAt);
        Assert.Contains(newest, Assert.Single(saves.Refused), StringComparison.Ordinal);
        using var calm = Model(bfloat16: false);
        Train(calm, pairs: false, adapters: false, saves: null, stopAfter: int.MaxValue);
        Assert.Equal(Bits(calm), Bits(second));
    }

    [Fact]
    public void What_was_kept_of_another_training_is_refused_and_the_training_begins_anew()
    {
        var files = new TrainingFiles(Path.Combine(_folder.Path, "kept"));
        using var first = Model(bfloat16: false);
        Train(first, pairs: false, adapters: false, new Saves(files, every: 1), stopAfter: 4);

        using var second = Model(bfloat16: false);
        var saves = new Saves(files, every: 1);
        var done = Train(second, pairs: false, adapters: false, saves, stopAfter: int.MaxValue, learningRate: 0.02);

        Assert.Equal((8, 0, 2), (done.Count, saves.TakenUpAt, saves.Refused.Count));
    }

    [Fact]
    public void A_save_that_was_cut_off_is_as_if_it_had_not_been()
    {
        var files = new TrainingFiles(Path.Combine(_folder.Path, "kept"));
        using var first = Model(bfloat16: false);
        Train(first, pairs: false, adapters: false, new Saves(files, every: 3), stopAfter: 7);
        File.Delete(Directory.EnumerateFiles(files.Folder, "*.json").Order(StringComparer.Ordinal).Last());   // killed before it was written
        File.WriteAllText(Path.Combine(files.Folder, "step-000000007.safetensors.partial"), "half");

        using var second = Model(bfloat16: false);
        var saves = new Saves(files, every: 1);
        Train(second, pairs: false, adapters: false, saves, stopAfter: int.MaxValue);

        Assert.Equal(3, saves.TakenUpAt);
        Assert.DoesNotContain(Directory.EnumerateFiles(files.Folder), name => name.EndsWith(".partial", StringComparison.Ordinal));
        Assert.Equal(4, Directory.GetFiles(files.Folder).Length);   // two are kept, two files each
    }

    public void Dispose() => _folder.Dispose();

    private static LlamaModel Model(bool bfloat16) => bfloat16
        ? LlamaModel.Build(GoldenModel.Config(tied: true), CPU, Source, ScalarType.BFloat16)
        : GoldenModel.Build(tied: true, seed: 100);

    private static Tensor Source(string name, long[] shape)
    {
        using var model = GoldenModel.Build(tied: true, seed: 100);
        return model.Parameters.Single(parameter => parameter.Name == name).Value.detach().clone();
    }

    /// <summary>Trains, and reports each step's numbers; thrown out after a step as a process that dies is.</summary>
    private static List<string> Train(
        LlamaModel model, bool pairs, bool adapters, ITrainingSaves? saves, int stopAfter, double learningRate = 0.01)
    {
        var steps = new List<string>();
        var order = new RandomStream(1, "cut");
        var (rows, preferred) = GoldenModel.Examples();
        try
        {
            if (pairs)
            {
                var settings = new DpoSettings { LearningRate = learningRate, BatchSize = 2, Epochs = 4, Lora = adapters ? s_lora : null };
                DpoRecipe.Run(model, model, preferred, rows, settings, order, Report, CancellationToken.None, delta => delta.Dispose(), saves);
            }
            else
            {
                var settings = new TrainingSettings { LearningRate = learningRate, BatchSize = 2, Epochs = 4, Lora = adapters ? s_lora : null };
                SftRecipe.Run(model, rows, settings, order, Report, CancellationToken.None, delta => delta.Dispose(), saves);
            }
        }
        catch (Killed)
        {
        }

        return steps;

        void Report(StepReport report)
        {
            steps.Add($"{report.Step}: {string.Join(' ', report.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal)
                .Select(metric => $"{metric.Key}={metric.Value:R}"))} {string.Join(',', report.Examples)} {string.Join(',', report.General)}");
            if (saves is Saves kept)
            {
                kept.DieAfter = steps.Count >= stopAfter;
            }
        }
    }

    private static List<byte[]> Bits(LlamaModel model) => [.. model.Parameters.Select(parameter => parameter.Value.detach().bytes.ToArray())];

    private sealed class Killed : Exception;

    private sealed class Saves(TrainingFiles files, int every) : ITrainingSaves
    {
        public int TakenUpAt { get; private set; }

        public bool DieAfter { get; set; }

        public List<string> Refused { get; } = [];

        public SavedStep? Restore(string training, IReadOnlyList<(string Name, Tensor Value)> state) =>
            files.Restore(training, state, Refused.Add) is { } page ? new SavedStep(training, page.Step, page.Tokens) : null;

        public void TakenUp(SavedStep at, IReadOnlyList<(IReadOnlyList<int> Examples, IReadOnlyList<int> General)> done)
        {
            Assert.Equal(at.Step, done.Count);
            TakenUpAt = at.Step;
        }

        public bool IsDue(int step, bool stopping) => step % every == 0 || DieAfter;

        public void Save(SavedStep at, IReadOnlyList<(string Name, Tensor Value)> state)
        {
            if (at.Step % every == 0)
            {
                files.Save(new TrainingPage(at.Training, at.Step, at.Tokens, ""), state);
            }

            if (DieAfter)
            {
                throw new Killed();
            }
        }
    }
}
