using System.Diagnostics;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;

namespace SEAS.Training.Runs.Context;

/// <summary>Tells viewers how far a stage is, at most four times a second, and what it cost when it ends.</summary>
internal sealed class StageProgress : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly LoopContext _context;
    private readonly RunClock _clock;
    private readonly int _round;
    private readonly RunStage _stage;
    private readonly int _total;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _told = -s_interval;
    private int _done;
    private int _resumed;
    private long _tokens;
    private bool _byPeople;

    public StageProgress(LoopContext context, RunClock clock, int round, RunStage stage, int total)
    {
        (_context, _clock, _round, _stage, _total) = (context, clock, round, stage, total);
        context.Publish(new StageStartedEvent(round, stage, total));
    }

    /// <summary>All units of the stage.</summary>
    public int Total => _total;

    /// <summary>A unit that was already done before this process took the run up.</summary>
    public void Skip(int units = 1)
    {
        _done += units;
        _resumed += units;
    }

    /// <summary>Reports finished units and the tokens they took.</summary>
    public void Advance(int units, long tokens)
    {
        _done += units;
        _tokens += tokens;
        if (_watch.Elapsed - _told >= s_interval || _done >= _total)
        {
            Tell();
        }
    }

    /// <summary>How far people are with what the stage waits for; says nothing about how long the machine still takes.</summary>
    public void ByPeople(int done)
    {
        _byPeople = true;
        _done = Math.Min(done, _total);
        Tell();
    }

    /// <summary>The stage has ended well; an exception skips this.</summary>
    public void Finish() => _context.Publish(
        new StageFinishedEvent(_round, _stage, Math.Round(_watch.Elapsed.TotalSeconds, 3)));

    public void Dispose() => _clock.Ended(_round, _stage, _done >= _total && _resumed == 0 && !_byPeople ? _watch.Elapsed : null);

    private void Tell()
    {
        _told = _watch.Elapsed;
        var seconds = Math.Max(_watch.Elapsed.TotalSeconds, 1e-3);
        _context.Publish(new ProgressEvent(
            _round, _stage, _done, _total, _tokens, Math.Round(_tokens / seconds), ProcessMemory.CurrentMib(),
            _byPeople ? null : _clock.SecondsLeft(_round, _stage, _watch.Elapsed, (double)_done / Math.Max(1, _total))));
    }
}
