using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using SEAS.Data;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Support;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Review;

/// <summary>A process in which ten people label one item after another until it is killed; each stored label is said.</summary>
internal sealed class KilledLabellers : IDisposable
{
    public const string Part = "label-for-ever";
    public const int People = 10;

    private readonly Process _process;

    public KilledLabellers(string folder) => _process = TestProgram.Start(Part, folder);

    /// <summary>Waits for so many labels, kills the process in the middle of the next, and gives the numbers of those it said.</summary>
    public List<long> KillAfter(int labels)
    {
        var said = new List<long>();
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            said.Add(long.Parse(line, CultureInfo.InvariantCulture));
            if (said.Count == labels)
            {
                _process.Kill();   // SIGKILL: nothing of the process runs after this
            }
        }

        _process.WaitForExit();
        return said;
    }

    /// <summary>The part itself: works in the run that is there.</summary>
    public static void LabelForEver(string folder)
    {
        using var store = Store.Open(folder, TimeProvider.System);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        using var said = new BlockingCollection<long>();
        var run = store.Runs.List()[0].Id;
        for (var person = 0; person < People; person++)
        {
            var name = Name(person);
            new Thread(() =>
            {
                // As a page does: the next item is there before the decision on this one is made.
                var leases = new Queue<Lease>(store.Review.Queue.Prefetch(run, name, 2));
                while (leases.TryDequeue(out var lease))
                {
                    said.Add(store.Review.Decisions.Record(ReviewFolder.Submit(lease)).Id);
                    foreach (var next in store.Review.Queue.Prefetch(run, name, 1))
                    {
                        leases.Enqueue(next);
                    }
                }
            }) { IsBackground = true }.Start();
        }

        foreach (var decision in said.GetConsumingEnumerable())
        {
            output.WriteLine(decision.ToString(CultureInfo.InvariantCulture));
        }
    }

    public static string Name(int person) => $"person {person}";

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
