using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Review.Files;
using SEAS.Data.Review.Settings;

namespace SEAS.Web.Components.Pages.Review;

/// <summary>Labels out into files, in from files and over from another run: a preview first, then all of it or nothing.</summary>
public sealed partial class FilesPage : ComponentBase, IDisposable
{
    private const long MostBytes = 50 * 1024 * 1024;

    private static readonly (string Format, string Name, string Words)[] s_formats = [
        ("jsonl", "JSON Lines", "one label a line; reads back without loss"), ("csv", "CSV", "for spreadsheets"),
        ("argilla", "Argilla", "records as JSON"), ("label-studio", "Label Studio", "tasks with annotations as JSON"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("seas-labels-").FullName;
    private IReadOnlyList<Run> _others = [];
    private Run? _run;
    private ImportPreview? _preview;
    private CarryPreview? _carry;
    private string _whose = "";
    private string? _problem;
    private string? _done;
    private string? _carried;

    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    private Store Store { get; set; } = null!;

    protected override void OnInitialized()
    {
        _run = Store.Runs.Find(new RunId(Id));
        _others = [.. Store.Runs.List().Where(run => run.Id.Value != Id && Store.Review.Decisions.Current(run.Id).Count > 0)];
    }

    private async Task PreviewAsync(InputFileChangeEventArgs chosen)
    {
        (_preview, _problem, _done) = (null, null, null);
        try
        {
            // The name decides how it is read; only its last part is used, and only inside a folder of our own.
            var name = Path.GetFileName(chosen.File.Name);
            var path = Path.Combine(_folder, name is "" or "." or ".." ? "labels" : name);
            await using (var copy = File.Create(path))
            await using (var sent = chosen.File.OpenReadStream(MostBytes))
            {
                await sent.CopyToAsync(copy);
            }

            var whose = _whose.Trim();
            _preview = await Task.Run(() => Store.Labels.Import.Preview(_run!.Id, path, AnnotatorRepository.IsName(whose) ? whose : null));
        }
        catch (Exception error) when (error is IOException or LabelFileException or StoreException)
        {
            _problem = error.Message.Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        }
    }

    private async Task Apply()
    {
        try
        {
            var preview = _preview!;
            var stored = await Task.Run(() => Store.Labels.Import.Apply(preview));
            (_preview, _done) = (null, FormattableString.Invariant($"{stored} labels are stored."));
        }
        catch (Exception error) when (error is LabelFileException or StoreException)
        {
            _problem = error.Message.Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        }
    }

    private async Task ChooseParent(ChangeEventArgs chosen)
    {
        (_carry, _carried) = (null, null);
        if (chosen.Value?.ToString() is { Length: > 0 } from)
        {
            _carry = await Task.Run(() => Store.Labels.Carry.Preview(new RunId(from), _run!.Id));
        }
    }

    private async Task Carry()
    {
        var carry = _carry!;
        var stored = await Task.Run(() => Store.Labels.Carry.Apply(carry));
        (_carry, _carried) = (null, FormattableString.Invariant($"{stored} labels were carried over."));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
