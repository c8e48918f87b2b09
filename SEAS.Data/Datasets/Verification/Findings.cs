namespace SEAS.Data.Datasets.Verification;

/// <summary>Collects what is wrong: the first hundred, and the number of all.</summary>
internal sealed class Findings
{
    private const int Kept = 100;

    private readonly List<VerifyFinding> _first = [];

    public IReadOnlyList<VerifyFinding> First => _first;

    public int Count { get; private set; }

    public void Add(string file, long? row, string problem)
    {
        Count++;
        if (_first.Count < Kept)
        {
            _first.Add(new VerifyFinding(file, row, problem));
        }
    }
}
