using Microsoft.AspNetCore.Components;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Training.Lineage;
using SEAS.Web.Live.Lineage;

namespace SEAS.Web.Components.Pages.Cases;

/// <summary>One row of a run, what it came from and what was made of it. The texts stay blurred until somebody asks for them.</summary>
public sealed partial class CasePage : ComponentBase
{
    private Run? _run;
    private RowId? _asked;
    private LineageChain? _chain;
    private IReadOnlyList<ChainGroup> _groups = [];
    private IReadOnlyList<(AnswerId Id, bool? Unsafe)> _siblings = [];
    private bool _isRevealed;
    private string _problem = "";

    [Parameter]
    public string Id { get; set; } = "";

    /// <summary><c>round.seed.prompt.answer</c>.</summary>
    [Parameter]
    public string? Place { get; set; }

    /// <summary>A row's id without the run's name.</summary>
    [Parameter]
    public string? Row { get; set; }

    [Inject]
    private Store Store { get; set; } = null!;

    private string Title => _asked is null ? "No such row" : LineageWords.Title(_asked);

    protected override void OnParametersSet()
    {
        _run = Store.Runs.Find(new RunId(Id));
        (_asked, _chain, _groups, _siblings) = (null, null, [], []);
        if (_run is null)
        {
            return;
        }

        _asked = RowId.TryParse(Place is null ? $"{Id}/{Row}" : CaseId(Id, Place));
        if (_asked is null)
        {
            _problem = $"'{Place ?? Row}' names no row; expected round.seed.prompt.answer, or {RowId.Forms}.";
            return;
        }

        try
        {
            _chain = LineageReader.Of(Store, _asked);
            _groups = ChainGroup.Of(_chain);
            _siblings = Siblings(_asked);
        }
        catch (RowNotFoundException missing)
        {
            _problem = missing.WithoutFolder;
        }
    }

    private IReadOnlyList<(AnswerId, bool?)> Siblings(RowId asked) =>
        (asked as AnswerId ?? (asked as VerdictId)?.On) is not { } answer ? [] :
        [.. Store.Attacks.AnswersTo(answer.Run, answer.Round, answer.Seed, answer.Prompt)
            .Select(row => (answer with { Answer = row.AnswerIndex }, row.Unsafe))];

    private void Toggle() => _isRevealed = !_isRevealed;

    private static string? CaseId(string run, string place) =>
        place.Split('.') is [var round, var seed, var prompt, var answer] ? $"{run}/r{round}/s{seed}/p{prompt}/a{answer}" : null;
}
