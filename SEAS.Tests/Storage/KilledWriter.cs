using System.Diagnostics;
using System.Globalization;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Tests.Support;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Storage;

/// <summary>A process that writes one unit of work after another until killed, and says the number of each once it is stored.</summary>
internal sealed class KilledWriter : IDisposable
{
    public const string Part = "write-for-ever";
    public const int PromptsPerUnit = 20;

    private readonly Process _process;

    public KilledWriter(string folder) => _process = TestProgram.Start(Part, folder);

    /// <summary>Waits for this unit, kills the process in the middle of the next ones, and gives the last number that it said.</summary>
    public int KillAfter(int unit)
    {
        var last = -1;
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            last = int.Parse(line, CultureInfo.InvariantCulture);
            if (last == unit)
            {
                _process.Kill();   // SIGKILL: nothing of the process runs after this
            }
        }

        _process.WaitForExit();
        return last;
    }

    /// <summary>The part itself.</summary>
    public static void WriteForEver(string folder)
    {
        using var store = Store.Open(folder, TimeProvider.System);
        using var said = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var run = store.Runs.MarkRunning(store.Runs.Create("embedded", 1, "{}", "hash").Id).Id;
        for (var unit = 0; ; unit++)
        {
            var seed = unit;
            var prompts = Enumerable.Range(0, PromptsPerUnit)
                .Select(index => new AdversarialPrompt(0, seed, index, "Role_Play", new string('x', 500), 9, true, null, "seed"))
                .ToList();
            var answers = prompts
                .Select(prompt => new TargetResponse(0, seed, prompt.PromptIndex, 0, new string('y', 500), 9, true));
            store.Attacks.SaveAttackUnit(run, new UnitKey(0, RunStage.Attack, unit), prompts, answers, "{}");
            said.WriteLine(unit.ToString(CultureInfo.InvariantCulture));
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
