using SEAS.Data.Contracts;

namespace SEAS.Tests.Storage;

public sealed class EvaluationRepositoryTests : IDisposable
{
    private readonly StoreFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Documents_list_by_iterate_and_are_never_written_again()
    {
        var run = _at.NewRun().Id;
        var evaluations = _at.Store.Evaluations;
        evaluations.Save(run, 1, new UnitKey(1, RunStage.Evaluation, 0), """{"asr":0.1}""");
        evaluations.Save(run, 0, new UnitKey(0, RunStage.Evaluation, 0), """{"asr":0.6}""");

        Assert.Throws<UnitAlreadyDoneException>(() => evaluations.Save(run, 1, new UnitKey(1, RunStage.Evaluation, 0), "{}"));
        Assert.Equal(
            [new StoredEvaluation(0, """{"asr":0.6}""", _at.Clock.Now), new StoredEvaluation(1, """{"asr":0.1}""", _at.Clock.Now)],
            evaluations.List(run));
        Assert.True(_at.Store.Units.IsDone(run, new UnitKey(0, RunStage.Evaluation, 0)));
    }
}
