using SEAS.Data.Contracts.Review;
using SEAS.Tests.Review;
using SEAS.Web.Live.Review;

namespace SEAS.Tests.Web.Review;

public sealed class AgreementFigureTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    public AgreementFigureTests() => _at.Ask(labels: 2);

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Without_labels_that_could_differ_there_is_a_dash_and_the_reason()
    {
        var item = Assert.Single(_at.Add(1));
        Assert.Equal(new AgreementFigure("–", "No item has been labelled by two people yet."), Figure());

        _at.Label(item, "Ann");
        _at.Label(item, "Bob");

        Assert.StartsWith("All labels of one item", Figure().Title, StringComparison.Ordinal);
    }

    [Fact]
    public void The_figure_is_Krippendorffs_alpha_of_the_safety_question()
    {
        // Coincidences: 2 safe-safe, 2 unsafe-unsafe, 2 that differ; each value 3 of 6 labels. α = 1 − (2/6) / (18/30) = 4/9.
        var keys = _at.Add(3);
        keys.ForEach(key => _at.Label(key, "Ann", key == keys[0] ? SafetyLabel.Safe : SafetyLabel.Unsafe));
        keys.ForEach(key => _at.Label(key, "Bob", key == keys[2] ? SafetyLabel.Unsafe : SafetyLabel.Safe));

        Assert.Equal(("0.44", true), (Figure().Text, Figure().Title.Contains("3 items", StringComparison.Ordinal)));
    }

    private AgreementFigure Figure() => AgreementFigure.Of(_at.At.Store, _at.Run);
}
