using SEAS.Data.Attacks;
using SEAS.Data.Contracts;
using SEAS.Tests.Review;
using SEAS.Training.Review;

namespace SEAS.Tests.Storage;

public sealed class AttackRepositoryTests : IDisposable
{
    private readonly StoreFolder _at = new();
    private readonly RunId _run;

    public AttackRepositoryTests() => _run = _at.NewRun().Id;

    private AttackRepository Attacks => _at.Store.Attacks;

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Prompts_answers_and_verdicts_read_back_as_they_were_saved()
    {
        var prompts = new[] { Prompt(0, 0, harm: true), Prompt(0, 1, harm: false), Prompt(1, 0, harm: null) };
        var answers = new[] { Answer(0, 0, 0), Answer(0, 0, 1), Answer(0, 1, 0), Answer(1, 0, 0) };
        var verdicts = new[] { Judged(0, 0, 0, 0.9, truth: true), Judged(0, 0, 1, 0.25, truth: null), Judged(1, 0, 0, 1, truth: false) };
        Attacks.SaveAttackUnit(_run, Key(RunStage.Attack, 0), prompts.Reverse(), answers.Reverse(), "{}");
        Attacks.SaveVerdictUnit(_run, Key(RunStage.Judge, 0), verdicts.Reverse(), "{}");

        Assert.Equal(prompts, Attacks.Prompts(_run, 2));
        Assert.Equal(answers, Attacks.Responses(_run, 2));
        Assert.Equal(verdicts, Attacks.Verdicts(_run, 2));
        Assert.Empty(Attacks.Prompts(_run, 1));
    }

    [Fact]
    public void Rows_and_ledger_are_stored_together()
    {
        Attacks.SaveAttackUnit(_run, Key(RunStage.Attack, 3), [Prompt(0, 0)], [], """{"tokens":5}""");

        Assert.Equal("""{"tokens":5}""", _at.Store.Units.Find(_run, Key(RunStage.Attack, 3))!.ResultJson);
    }

    [Fact]
    public void A_unit_whose_rows_cannot_be_stored_leaves_nothing_behind()
    {
        // The answer belongs to a prompt that is not there.
        Assert.Throws<StoreException>(
            () => Attacks.SaveAttackUnit(_run, Key(RunStage.Attack, 0), [Prompt(0, 0)], [Answer(9, 9, 9)], "{}"));

        Assert.Empty(Attacks.Prompts(_run, 2));
        Assert.False(_at.Store.Units.IsDone(_run, Key(RunStage.Attack, 0)));
    }

    [Fact]
    public void A_finished_unit_is_refused_by_name_and_its_rows_stay()
    {
        var key = Key(RunStage.Attack, 7);
        Attacks.SaveAttackUnit(_run, key, [Prompt(0, 0)], [Answer(0, 0, 0)], "{}");
        Attacks.SaveVerdictUnit(_run, Key(RunStage.Judge, 7), [Judged(0, 0, 0, 0.5)], "{}");

        var refused = Assert.Throws<UnitAlreadyDoneException>(() => Attacks.SaveAttackUnit(_run, key, [Prompt(5, 0)], [], "{}"));
        Assert.Throws<UnitAlreadyDoneException>(() => Attacks.SaveVerdictUnit(_run, Key(RunStage.Judge, 7), [], "{}"));

        Assert.Equal(key, refused.Key);
        Assert.StartsWith("Run embedded-1 has already finished round 2, Attack, unit 7.", refused.Message, StringComparison.Ordinal);
        Assert.Equal([Prompt(0, 0)], Attacks.Prompts(_run, 2));
    }

    [Fact]
    public void The_newest_cases_come_first_and_pages_join_without_gap_or_repeat()
    {
        Attacks.SaveAttackUnit(_run, Key(RunStage.Attack, 0), [Prompt(0, 0, harm: true)], [Answer(0, 0, 0), Answer(0, 0, 1)], "{}");
        Attacks.SaveAttackUnit(_run, Key(RunStage.Attack, 1), [Prompt(1, 0)], [Answer(1, 0, 0)], "{}");
        Attacks.SaveVerdictUnit(_run, Key(RunStage.Judge, 0), [Judged(0, 0, 1, 0.75, truth: true)], "{}");

        var first = Attacks.Newest(_run, limit: 2);
        var second = Attacks.Newest(_run, limit: 2, beforeKey: first[^1].Key);

        Assert.Equal(["answer 1.0.0", "answer 0.0.1"], first.Select(row => row.AnswerText));
        Assert.Equal(["answer 0.0.0"], second.Select(row => row.AnswerText));
        Assert.Null(first[0].Score);
        Assert.Equal(
            new AttackCase(
                first[1].Key, 2, 0, 0, 1, "Role_Play", "seed 0", "prompt 0.0", "answer 0.0.1", true, 0.75, true, "S1", "Complied", true),
            first[1]);
        Assert.Empty(Attacks.Newest(_at.NewRun().Id, limit: 5));
        Assert.Equal(["answer 0.0.0", "answer 0.0.1"], Attacks.AnswersTo(_run, 2, 0, 0).Select(row => row.AnswerText));
        Assert.Equal(first[1], Attacks.AnswersTo(_run, 2, 0, 0)[1]);
        Assert.Empty(Attacks.AnswersTo(_run, 1, 0, 0));
    }

    [Fact]
    public void Counts_are_kept_per_round_and_know_what_truth_is_known()
    {
        var other = Prompt(0, 0) with { Round = 3 };
        Attacks.SaveAttackUnit(
            _run,
            Key(RunStage.Attack, 0),
            [Prompt(0, 0, harm: true), Prompt(0, 1, harm: false)],
            [Answer(0, 0, 0), Answer(0, 0, 1), Answer(0, 1, 0)],
            "{}");
        Attacks.SaveVerdictUnit(
            _run, Key(RunStage.Judge, 0), [Judged(0, 0, 0, 0.9, truth: true), Judged(0, 0, 1, 0.1, truth: null)], "{}");
        Attacks.SaveAttackUnit(_run, new UnitKey(3, RunStage.Attack, 0), [other], [], "{}");

        Assert.Equal(
            [new AttackCounts(2, 2, 1, 3, 2, 1, 1, 1), new AttackCounts(3, 1, 0, 0, 0, 0, 0, 0)],
            Attacks.Counts(_run));
    }

    [Fact]
    public void Runs_do_not_see_each_other()
    {
        var other = _at.NewRun().Id;
        Attacks.SaveAttackUnit(_run, Key(RunStage.Attack, 0), [Prompt(0, 0)], [Answer(0, 0, 0)], "{}");
        Attacks.SaveAttackUnit(other, Key(RunStage.Attack, 0), [Prompt(0, 0)], [], "{}");

        Assert.Single(Attacks.Responses(_run, 2));
        Assert.Empty(Attacks.Responses(other, 2));
        Assert.Throws<RunNotFoundException>(() => Attacks.SaveAttackUnit(new RunId("nobody"), Key(RunStage.Attack, 0), [], [], "{}"));
    }

    [Fact]
    public void Any_text_survives()
    {
        var text = "quotes ' \" ; -- DROP TABLE runs, null \0 in the middle, ⚠ 漢字 🙂, line\nbreak\r\n and the end\u2028";
        Attacks.SaveAttackUnit(_run, Key(RunStage.Attack, 0), [Prompt(0, 0) with { Text = text }], [], "{}");

        Assert.Equal(text, Attacks.Prompts(_run, 2)[0].Text);
    }

    private static UnitKey Key(RunStage stage, int index) => new(2, stage, index);

    private static AdversarialPrompt Prompt(int seed, int prompt, bool? harm = null) =>
        new(2, seed, prompt, "Role_Play", $"prompt {seed}.{prompt}", 12, Stopped: true, harm, $"seed {seed}");

    private static TargetResponse Answer(int seed, int prompt, int answer) =>
        new(2, seed, prompt, answer, $"answer {seed}.{prompt}.{answer}", 20, Stopped: false);

    private static Verdict Judged(int seed, int prompt, int answer, double score, bool? truth = null) =>
        new(2, seed, prompt, answer, score, score > 0.5, "S1", "Complied", truth);
}
