using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Lineage;

namespace SEAS.Tests.Lineage;

public sealed class LineageReaderTests(TracedRun traced) : IClassFixture<TracedRun>
{
    [Fact]
    public void Each_pair_was_learnt_once_an_epoch_and_the_last_step_is_the_checkpoints()
    {
        var settings = traced.Plan.TargetUpdate.Training;
        for (var round = 1; round <= 2; round++)
        {
            var pairs = traced.Store.Pairs.Load(traced.Run, round, ModelRole.Target);
            var steps = traced.Store.Steps.OfRound(traced.Run, round, ModelRole.Target);

            Assert.Equal(TracedRun.Corrections, pairs.Count);
            Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(step => step.Step));
            Assert.Equal(settings.Epochs * ((pairs.Count + settings.BatchSize - 1) / settings.BatchSize), steps.Count);
            Assert.All(steps, step => Assert.InRange(step.Pairs.Count, 1, settings.BatchSize));
            Assert.Equal(settings.Epochs * 240, steps.Sum(step => step.General.Count));
            Assert.All(pairs, pair => Assert.Equal(
                settings.Epochs, traced.Store.Steps.Of(PairId.Of(traced.Run, pair)).Count));
            Assert.Empty(traced.Store.Steps.OfRound(traced.Run, round, ModelRole.Red));   // R had no pairs, so it learnt nothing
        }
    }

    [Fact]
    public void An_answer_leads_back_to_its_seed_and_on_to_the_weights_it_changed()
    {
        var pair = traced.Store.Pairs.Load(traced.Run, 1, ModelRole.Target)[0];
        var source = Of(PairId.Of(traced.Run, pair)).Links.First(link => link.Kind == LineageKind.Answer).Id;

        var chain = Of(source);

        Assert.Equal(
            [LineageKind.Seed, LineageKind.Checkpoint, LineageKind.Prompt, LineageKind.Checkpoint, LineageKind.Answer, LineageKind.Verdict,
                LineageKind.Label, LineageKind.Pair, LineageKind.Step, LineageKind.Step, LineageKind.Step, LineageKind.Checkpoint],
            chain.Links.Select(link => link.Kind));
        Assert.All(chain.Links, link => Assert.All(
            link.From, from => Assert.True(from is PairId || chain.Find(from) is not null, $"{link.Id} comes from {from}: not there")));
        Assert.Equal(
            [$"{traced.Run}/red-0", $"{traced.Run}/target-0", $"{traced.Run}/target-1"],
            chain.Links.Where(link => link.Kind == LineageKind.Checkpoint).Select(link => link.Id.ToString()));
    }

    [Fact]
    public void A_text_tells_who_wrote_it_from_which_random_numbers_and_how_it_was_drawn()
    {
        var answer = Of(RowId.Parse($"{traced.Run}/r2/s3/p1/a2")).Find(RowId.Parse($"{traced.Run}/r2/s3/p1/a2"))!;

        Assert.Equal($"{traced.Run}/target-1", Fact(answer, "written_by"));
        Assert.Equal(traced.Store.Checkpoints.Find(traced.Run, ModelRole.Target, 1)!.Sha256, Fact(answer, "weights_sha256"));
        Assert.Equal("seed 1, round-2/attack/answer, 3.1.2", Fact(answer, "stream")!.ToString());
        Assert.Equal((0.8, 0.9), (Fact(answer, "temperature"), Fact(answer, "top_p")));
        Assert.Equal((0, 16), (Fact(answer, "top_k"), Fact(answer, "max_tokens")));
    }

    [Fact]
    public void A_verdict_tells_the_guard_its_checksum_and_the_threshold_and_a_label_who_said_what()
    {
        var item = traced.Store.Review.Items.OfRun(traced.Run, 1).First(item => item.State == SEAS.Data.Contracts.Review.ReviewState.Agreed);
        var id = new AnswerId(traced.Run, 1, item.SeedIndex, item.PromptIndex, item.AnswerIndex);

        var chain = Of(id.Verdict);
        var verdict = chain.Find(id.Verdict)!;
        var label = chain.Links.First(link => link.Kind == LineageKind.Label);

        Assert.Matches("^[0-9a-f]{64}$", (string)Fact(verdict, "guard_sha256")!);
        Assert.Equal(0.5, Fact(verdict, "threshold"));
        Assert.Equal("unsafe, by people", Fact(verdict, "in_effect"));
        Assert.Equal(("Ada", "Unsafe", true), (Fact(label, "who"), Fact(label, "safety"), Fact(label, "stands")));
        Assert.Contains(new LineageText("note", "It helps."), label.Texts);
        Assert.Equal([id], label.From);
        Assert.Equal(label.Facts, Of(label.Id).Find(label.Id)!.Facts);
    }

    [Fact]
    public void A_pair_names_its_answers_the_labels_it_rests_on_and_its_steps()
    {
        var pair = traced.Store.Pairs.Load(traced.Run, 1, ModelRole.Target)[2];
        var chain = Of(PairId.Of(traced.Run, pair));
        var link = chain.Find(PairId.Of(traced.Run, pair))!;

        Assert.Contains(link.From, from => from is LabelId);
        Assert.Equal(link.From.Distinct(), link.From);   // the corrected answer is chosen over itself, and named once
        Assert.All(link.From.OfType<AnswerId>(), from => Assert.NotNull(chain.Find(from)));
        Assert.Equal(3, chain.Links.Count(step => step.Kind == LineageKind.Step && step.From.Contains(link.Id)));
    }

    [Fact]
    public void Weights_lead_back_to_the_base_and_a_step_to_the_weights_before_and_after_it()
    {
        Assert.Equal(
            [$"{traced.Run}/target-0", $"{traced.Run}/target-1", $"{traced.Run}/target-2"],
            Of(RowId.Parse($"{traced.Run}/target-2")).Links.Select(link => link.Id.ToString()));
        Assert.Matches("^[0-9a-f]{64}$", (string)Fact(Of(RowId.Parse($"{traced.Run}/red-0")).Links[0], "base_sha256")!);
        Assert.Equal(
            [$"{traced.Run}/target-0", $"{traced.Run}/r1/target/step/2", $"{traced.Run}/target-1"],
            Of(RowId.Parse($"{traced.Run}/r1/target/step/2")).Links.Select(link => link.Id.ToString()));
    }

    [Fact]
    public void A_plain_row_shows_its_text_and_the_steps_that_learnt_it()
    {
        var chain = Of(RowId.Parse($"{traced.Run}/r1/general/5"));

        Assert.All(chain.Links[0].Texts, text => Assert.NotEmpty(text.Text));
        Assert.Equal(traced.Plan.TargetUpdate.Training.Epochs, chain.Links.Count(link => link.Kind == LineageKind.Step));
    }

    [Theory]
    [InlineData("nobody-1/r1/s0")]
    [InlineData("RUN/r1/s99")]
    [InlineData("RUN/r1/s0/p9")]
    [InlineData("RUN/r1/s0/p0/a9")]
    [InlineData("RUN/r9/s0/p0/a0/verdict")]
    [InlineData("RUN/label/999")]
    [InlineData("RUN/r1/red/0")]
    [InlineData("RUN/r1/target/step/99")]
    [InlineData("RUN/r1/general/999")]
    [InlineData("RUN/target-99")]
    public void A_row_that_is_not_there_is_named(string text)
    {
        var id = text.Replace("RUN", traced.Run.Value, StringComparison.Ordinal);

        var missing = Assert.Throws<RowNotFoundException>(() => Of(RowId.Parse(id)));

        Assert.StartsWith($"There is no row {id} in ", missing.Message, StringComparison.Ordinal);
    }

    private LineageChain Of(RowId id) => LineageReader.Of(traced.Store, id);

    private static object? Fact(LineageLink link, string name) => link.Facts.FirstOrDefault(fact => fact.Name == name)?.Value;
}
