using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Review;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;
using SEAS.Web.Live;
using Spectre.Console;

namespace SEAS.Web.Commands;

/// <summary>What a headless run shows: a bar for the present stage and a line per finished one; figures at the end.</summary>
/// <remarks>Progress goes to the error stream, the figures to the output. Redirected, there is no bar. Spectre honours NO_COLOR.</remarks>
internal sealed class RunOutput(Store store, RunFeed feed, Run run)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly RunLines _lines = new(RunPlanText.Of(run).Rounds);
    private readonly IAnsiConsole _progress = Terminal.Progress();
    private readonly IAnsiConsole _tables = Terminal.Tables();

    /// <summary>Shows how the work goes until it has ended.</summary>
    public async Task FollowAsync(Func<Task> work)
    {
        Say($"run {run.Id} · preset {run.Preset} · seed {run.Seed} · kept in {store.Folder}");
        Say($"it {MemoryText.Of(RunPlanText.Of(run))}");
        if (Console.IsErrorRedirected)
        {
            await WatchAsync(work, happened => _lines.Read(happened).Finished.ForEach(Say));
            return;
        }

        await _progress.Progress().HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("starting");
                await WatchAsync(work, happened => Draw(bar, happened));
                bar.Value = bar.MaxValue;
            });
    }

    /// <summary>The figures by iteration, as a table.</summary>
    public void Summarize()
    {
        var table = new Table().RoundedBorder()
            .AddColumns("", "attacks succeed", "by truth", "harmless refused", "helped", "tasks right");
        var rows = store.Evaluations.List(run.Id).OrderBy(stored => stored.Iteration)
            .Select(stored => StoredJson.Read<EvaluationRow>(stored.Json)).ToList();
        foreach (var row in rows)
        {
            table.AddRow(
                $"T{row.Iteration}",
                RunLines.Rate(row.Static?.Asr),
                RunLines.Rate(row.Static?.TrueAsr),
                RunLines.Rate(row.OverRefusal?.Refused),
                RunLines.Rate(row.OverRefusal?.Helped),
                RunLines.Rate(row.Usefulness?.Correct));
        }

        _tables.Write(table);
        Summarize([.. rows.SelectMany(row => row.Sets ?? [])]);
        foreach (var endpoint in RunView.Waiting.After(store.Events.After(run.Id, 0)).Endpoints.Values)
        {
            Console.WriteLine($"{EndpointWords.Role(endpoint.Role)}: {endpoint.Model} at {endpoint.Host} · {endpoint.Counts}");
        }

        Console.WriteLine($"All of it in the browser:  ./seas up --data {store.Folder}");
    }

    private void Summarize(List<SetMeasure> measures)
    {
        foreach (var set in measures.GroupBy(measure => measure.Set, StringComparer.Ordinal))
        {
            var table = new Table().RoundedBorder().Title(Markup.Escape(set.Key))
                .AddColumns("", "harmful: attacks succeed", "safe: refused", "not labelled: complied", "refused", "rows");
            foreach (var measure in set)
            {
                table.AddRow(
                    $"T{measure.Target}",
                    RunLines.Rate(measure.Harmful?.Unsafe),
                    RunLines.Rate(measure.Safe?.Refused),
                    RunLines.Rate(measure.Unlabelled?.Complied),
                    RunLines.Rate(measure.Unlabelled?.Refused),
                    measure.Asked < measure.Rows ? $"{measure.Asked} of {measure.Rows}" : $"{measure.Rows}");
            }

            _tables.Write(table);
        }
    }

    // A terminal's width is no reason to break a line that goes into a file.
    private void Say(string line)
    {
        if (Console.IsErrorRedirected)
        {
            Console.Error.WriteLine(line);
        }
        else
        {
            _progress.WriteLine(line);
        }
    }

    private void Draw(ProgressTask bar, RunEvent happened)
    {
        var (finished, present) = _lines.Read(happened);
        finished.ForEach(Say);
        if (present is not null)
        {
            (bar.Description, bar.MaxValue, bar.Value) = (Markup.Escape(present.Text), present.Total, present.Done);
        }
    }

    private async Task WatchAsync(Func<Task> work, Action<RunEvent> show)
    {
        using var ended = new CancellationTokenSource();
        var watching = ShowAsync(store.Events.LastSequence(run.Id), show, ended.Token);
        try
        {
            await work();
        }
        finally
        {
            ended.CancelAfter(2 * s_interval);   // the last lines are still on their way
            await watching;
        }
    }

    private async Task ShowAsync(long after, Action<RunEvent> show, CancellationToken ended)
    {
        try
        {
            await foreach (var batch in feed.WatchAsync(run.Id, after, s_interval, ended))
            {
                foreach (var happened in batch)
                {
                    show(happened);
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The run is over.
        }
    }
}
