using SEAS.Tests.Engine.Models;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Guards;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Live;
using TorchSharp;
using static TorchSharp.torch;

namespace SEAS.Tests.Runs;

/// <summary>Models that do not act leave a device that cannot hold them all. The device here is <c>meta</c>, with a budget of its own.</summary>
public sealed class ResidencyTests
{
    private static readonly string[] s_turns = ["R", "T", "R", "guard", "T", "T", "guard"];

    [Fact]
    public void Whoever_acts_is_there_and_nobody_else_ever_is()
    {
        var budget = new Budget(100);
        var residency = new ModelResidency(META, CPU);
        var models = new Dictionary<string, Fake>();
        foreach (var (name, bytes) in new[] { ("R", 60L), ("T", 70L), ("guard", 100L) })
        {
            models[name] = residency.Open(() => new Fake(budget, bytes), model => model);   // refused if another is there
        }

        foreach (var name in s_turns)
        {
            residency.Act(models[name]);
            Assert.Equal(DeviceType.META, models[name].Device.type);
            Assert.Equal(models[name].Bytes, budget.Used);
        }

        Assert.Equal(3 + 6, models.Values.Sum(model => model.Arrivals));   // opened once each; of the seven turns T has two in a row
    }

    [Fact]
    public void A_budget_that_is_not_kept_is_noticed()
    {
        var budget = new Budget(100);
        _ = new Fake(budget, 60);

        Assert.Throws<InvalidOperationException>(() => new Fake(budget, 41));
    }

    [Fact]
    public void A_model_that_was_freed_is_not_moved_any_more()
    {
        var budget = new Budget(100);
        var residency = new ModelResidency(META, CPU);
        var gone = residency.Open(() => new Fake(budget, 50), model => model);
        residency.Close(gone);

        residency.Open(() => new Fake(budget, 50), model => model);

        Assert.Equal(DeviceType.META, gone.Device.type);   // nobody asked it to leave
    }

    [Fact]
    public void A_player_and_a_guard_come_before_they_work_and_are_forgotten_when_they_are_freed()
    {
        var budget = new Budget(100);
        var residency = new ModelResidency(META, CPU);
        var (red, guard) = (residency.Open(() => new Fake(budget, 90), model => model), residency.Open(() => new Fake(budget, 80), model => model));
        var (seen, judged) = (new List<DeviceType>(), new List<DeviceType>());
        using (var player = new ResidentChatModel(new Writer(() => seen.Add(red.Device.type)), red, residency))
        using (var judge = new ResidentGuard(new Reader(() => judged.Add(guard.Device.type)), guard, residency))
        {
            player.Write([], SamplingSettings.Greedy(1), default);
            judge.Read([], default);
            player.Write([], SamplingSettings.Greedy(1), default);
        }

        Assert.Equal([DeviceType.META, DeviceType.META], seen);
        Assert.Equal([DeviceType.META], judged);
        red.MoveTo(CPU);
        residency.Act(new Fake(budget, 10));
        Assert.Equal(DeviceType.CPU, guard.Device.type);
        Assert.Equal(3, red.Arrivals);   // opened, and there for both its turns; the last act did not know it
    }

    [Fact]
    public void A_models_weights_all_move_and_it_works_where_it_is()
    {
        using var scope = NewDisposeScope();
        using var model = LlamaModel.Random(SmallModels.Config, 7, CPU);
        var before = model.Parameters.Select(parameter => parameter.Value).ToList();

        model.MoveTo(META);

        Assert.Equal(DeviceType.META, model.Device.type);
        Assert.All(model.Parameters, parameter => Assert.Equal(DeviceType.META, parameter.Value.device_type));
        Assert.All(model.Parameters, parameter => Assert.True(parameter.Value.requires_grad));
        Assert.All(before, parameter => Assert.True(parameter.IsInvalid));
        Assert.Equal(14, model.Projections.Count);
        using var batch = PackedBatch.FromRows([SmallModels.Tokens(5, 0)], META);
        Assert.Equal([5, 50], model.Logits(model.Hidden(batch)).shape);
    }

    [Fact]
    public void A_model_with_adapters_does_not_leave_them_behind()
    {
        using var model = LlamaModel.Random(SmallModels.Config, 7, CPU);
        using var adapters = LoraAdapters.Attach(model, new LoraSettings { Rank = 2 }, new RandomStream(1, "test"));

        Assert.Throws<InvalidOperationException>(() => model.MoveTo(META));
    }

    [Fact]
    public void Models_take_turns_only_where_a_card_cannot_hold_them_all()
    {
        var plan = Presets.Plan("smoke", seed: 1);   // three models of a few megabytes, and a wave of a gigabyte at most

        Assert.Null(GpuRoom.For(plan, META, null));
        Assert.Null(GpuRoom.For(plan, META, 8L << 30));
        Assert.NotNull(GpuRoom.For(plan, META, 1L << 30));
        Assert.Null(GpuRoom.For(plan, CPU));
    }

    private sealed class Budget(long most)
    {
        public long Used { get; private set; }

        public void Take(long bytes) => Used = Used + bytes <= most
            ? Used + bytes
            : throw new InvalidOperationException($"{Used + bytes} bytes are more than {most}.");

        public void Give(long bytes) => Used -= bytes;
    }

    private sealed class Fake : IMovable
    {
        private readonly Budget _budget;

        public Fake(Budget budget, long bytes)
        {
            (_budget, Bytes, Device, Arrivals) = (budget, bytes, META, 1);
            budget.Take(bytes);
        }

        public long Bytes { get; }

        public int Arrivals { get; private set; }

        public Device Device { get; private set; }

        public void MoveTo(Device device)
        {
            if (device.type == Device.type)
            {
                return;
            }

            if (device.type == DeviceType.META)
            {
                _budget.Take(Bytes);
                Arrivals++;
            }
            else
            {
                _budget.Give(Bytes);
            }

            Device = device;
        }
    }

    private sealed class Writer(Action wrote) : IChatModel
    {
        public IReadOnlyList<IReadOnlyList<Written>> Write(
            IReadOnlyList<(string Message, IReadOnlyList<RandomStream> Streams)> messages, SamplingSettings sampling,
            CancellationToken cancellation)
        {
            wrote();
            return [];
        }

        public void Dispose()
        {
        }
    }

    private sealed class Reader(Action read) : IGuard
    {
        public IReadOnlyList<GuardReading> Read(IReadOnlyList<(string Prompt, string Answer)> pairs, CancellationToken cancellation)
        {
            read();
            return [];
        }

        public void Dispose()
        {
        }
    }
}
