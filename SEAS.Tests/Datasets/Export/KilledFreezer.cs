using System.Diagnostics;
using SEAS.Data;
using SEAS.Data.Datasets.Frozen;
using SEAS.Tests.Support;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Datasets.Export;

/// <summary>A process that freezes a round and is killed by the operating system in the middle of it.</summary>
internal static class KilledFreezer
{
    public const string Part = "freeze-and-die:";

    /// <summary>While rows are written.</summary>
    public const string InRows = "rows";

    /// <summary>When all rows are written and the manifest is not.</summary>
    public const string BeforeManifest = "manifest";

    /// <summary>When the folder has its name and the store does not know it.</summary>
    public const string BeforeRecord = "record";

    /// <summary>When all is done.</summary>
    public const string After = "after";

    /// <summary>Starts the process and waits for its death.</summary>
    public static int Die(string step, string folder)
    {
        using var process = TestProgram.Start(Part + step, folder);
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The part itself.</summary>
    public static void Play(string step, string folder)
    {
        var clock = new DeadlyClock();
        using var store = Store.Open(folder, clock);
        var run = store.Runs.List()[0].Id;
        var facts = DatasetFolder.Facts(store, run, 1);
        if (step == InRows)
        {
            facts = facts with { General = Deadly(facts.General) };
        }

        // The manifest has the first instant of a freezing, the ledger the second.
        clock.Left = step switch { BeforeManifest => 1, BeforeRecord => 2, _ => int.MaxValue };
        store.Datasets.Freeze(run, 1, "the round ended", () => facts, null, CancellationToken.None);
        Die();
    }

    private static IEnumerable<GeneralRow> Deadly(IEnumerable<GeneralRow> rows)
    {
        foreach (var row in rows)
        {
            yield return row;
            Die();
        }
    }

    // SIGKILL: nothing of the process runs after this.
    private static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        using var never = new ManualResetEvent(initialState: false);
        never.WaitOne();
    }

    private sealed class DeadlyClock : TimeProvider
    {
        public int Left { get; set; } = int.MaxValue;

        public override DateTimeOffset GetUtcNow()
        {
            if (--Left == 0)
            {
                Die();
            }

            return base.GetUtcNow();
        }
    }
}
