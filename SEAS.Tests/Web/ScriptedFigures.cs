namespace SEAS.Tests.Web;

/// <summary>Figures of a run that went well, near the paper's, in the shape that the loop stores.</summary>
internal static class ScriptedFigures
{
    private static readonly double[] s_held = [0.615, 0.214, 0.122, 0.071];

    private static readonly double[,] s_matrix = {
        { 0.549, 0.164, 0.120, 0.081 },
        { 0.882, 0.589, 0.310, 0.152 },
        { 0.917, 0.702, 0.498, 0.247 },
        { 0.952, 0.760, 0.551, 0.331 },
    };

    /// <summary>One target's figures.</summary>
    /// <param name="iteration">The target.</param>
    /// <param name="sets">Imported evaluation sets that it is measured on; three rows of each are also trained on.</param>
    public static object Of(int iteration, IReadOnlyList<string>? sets = null) => new
    {
        iteration,
        @static = new { target = iteration, asr = Share(s_held[iteration], 420), trueAsr = Share(s_held[iteration] - 0.011, 420) },
        overRefusal = new
        {
            target = iteration, refused = Share(0.025 + (0.005 * iteration), 200), helped = Share(0.91 - (0.004 * iteration), 200),
        },
        usefulness = new { target = iteration, correct = Share(0.93 - (0.002 * iteration), 240) },
        diversity = new
        {
            red = iteration,
            diversity = new { duplicates = 0.04, distinct2 = 0.61, selfBleu2 = 0.4, commonestOpening = 0.1, n = 300 },
            asksHarm = Share(0.84, 300),
            notFluent = 0.03,
        },
        cells = Cells(iteration).Select(cell => new
        {
            red = cell.Red,
            target = cell.Target,
            asr = Share(s_matrix[cell.Red, cell.Target], 300),
            trueAsr = Share(s_matrix[cell.Red, cell.Target] - 0.013, 300),
        }),
        sets = sets is not { Count: > 0 } ? null : sets.Select(set => new
        {
            target = iteration, set, rows = 450, asked = 300, alsoTrained = 3, harmful = Group(s_held[iteration], 0.9, 180),
            safe = Group(0.01, 0.06, 120),
        }),
    };

    private static object Group(double isUnsafe, double refused, int n) =>
        new { @unsafe = Share(isUnsafe, n), refused = Share(refused, n), complied = Share(1 - refused, n) };

    private static IEnumerable<(int Red, int Target)> Cells(int iteration) =>
        Enumerable.Range(0, iteration + 1).Select(target => (iteration, target))
            .Concat(Enumerable.Range(0, iteration).Select(red => (red, iteration)));

    private static object Share(double rate, int n)
    {
        var half = 1.96 * Math.Sqrt(rate * (1 - rate) / n);
        return new { rate, lower = Math.Max(0, rate - half), upper = Math.Min(1, rate + half), n };
    }
}
