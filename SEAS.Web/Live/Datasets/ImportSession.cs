using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Data.Text;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Measures.Grouping;

namespace SEAS.Web.Live.Datasets;

/// <summary>A file on its way into the store: what is in it, what the person says of it, then all of it or nothing.</summary>
/// <remarks>Knows no page: the page draws it, tests drive it over a real store.</remarks>
public sealed class ImportSession(Store store, Uploads uploads, string path, string fileName) : IDisposable
{
    private const string ErrorEnding = "errors.jsonl";

    /// <summary>What would be asked for now.</summary>
    public SetRequest Request { get; private set; } = new(path, DatasetPurpose.Seeds)
    {
        FileName = fileName,
        Name = NameOf(fileName),
        Group = NearDuplicates.Of,
        GroupStreamed = SketchedDuplicates.Of,
        GroupLarge = true,   // whoever looks at a page sees how far it is, and can leave
        ErrorFile = Uploads.Beside(path, ErrorEnding),
    };

    /// <summary>What is in the file, by the request that <see cref="Shown"/> holds; null before the first look.</summary>
    public SetPreview? Preview { get; private set; }

    /// <summary>The request that the preview belongs to.</summary>
    public SetRequest? Shown { get; private set; }

    /// <summary>Why the file cannot be read; null if it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>The set's name as it is typed; asked for without the spaces around it, like the next two.</summary>
    public string Name
    {
        get;
        set => Ask(request => request with { Name = (field = value).Trim() });
    } = NameOf(fileName);

    /// <summary>Where the set comes from.</summary>
    public string Source
    {
        get;
        set => Ask(request => request with { Source = (field = value).Trim() });
    } = "";

    /// <summary>What the set may be used for.</summary>
    public string Licence
    {
        get;
        set => Ask(request => request with { Licence = (field = value).Trim() });
    } = "";

    /// <summary>The mapping of types is to be saved under this name; empty for not.</summary>
    public string ProfileName { get; set; } = "";

    /// <summary>The file of all problems, if there are any.</summary>
    public string? Errors => Preview is { IsSound: false } && File.Exists(Request.ErrorFile) ? Request.ErrorFile : null;

    /// <summary>Whether what is asked for now would show something else of the file.</summary>
    public bool NeedsLook => Shown is null || Reading(Shown) != Reading(Request);

    /// <summary>Why it cannot be taken in as it is now; null if it can.</summary>
    public string? Missing => this switch
    {
        { Problem: { } problem } => problem,
        { Preview: null } => "The file has not been read yet.",
        { NeedsLook: true } => "The preview is older than what you chose.",
        { Preview: { IsSound: false }, Request.TakeGoodRows: false } => "Some rows have problems: mend them, or take the good ones alone.",
        { Preview.Counts.Rows: 0 } => "There is no row to take in.",
        { Request.Name: null or "" } => "The set needs a name.",
        { Request.Licence: "" } => "Say what the set may be used for; \"unknown\" if nobody knows.",
        { Request.Source: null or "" } => "Say where it comes from.",
        _ => null,
    };

    /// <summary>Changes what is asked for.</summary>
    public void Ask(Func<SetRequest, SetRequest> change) => Request = change(Request);

    /// <summary>Says which column fills a field; empty leaves it to detection.</summary>
    public void Map(string field, string column) => Ask(request => request with
    {
        Columns = With(request.Columns, field, column),
    });

    /// <summary>Says which of our types one of the file's is; empty leaves it as it is.</summary>
    public void MapType(string found, string type) => Ask(request => request with { Types = With(request.Types, found, type) });

    /// <summary>Takes the proposed type for each of the file's that is none of ours.</summary>
    public void TakeProposals()
    {
        foreach (var type in Preview?.Types.Where(type => !type.IsKnown && type.Proposed is not null) ?? [])
        {
            MapType(type.Found, type.Proposed!);
        }
    }

    /// <summary>Reads the file. Blocks; cancel it and nothing is changed.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Look(IProgress<ImportProgress> progress, CancellationToken cancellation)
    {
        var request = Request;
        try
        {
            Preview = store.Sets.Import.Preview(request, progress, cancellation);
            (Shown, Problem) = (request, null);
        }
        catch (Exception error) when (error is PromptSetException or StoreException or IOException)
        {
            (Preview, Shown, Problem) = (null, request, ForPeople(error.Message));
        }
    }

    /// <summary>Takes the file in as it was shown. Blocks; cancel it and nothing is stored.</summary>
    /// <exception cref="PromptSetException">The file is not the one that was shown, or cannot be used.</exception>
    /// <exception cref="StoreException">The name is taken, or the disk is full.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ImportedSet Apply(IProgress<ImportProgress> progress, CancellationToken cancellation)
    {
        var set = store.Sets.Import.Apply(Request with { ExpectedSha256 = Preview?.Sha256 }, progress, cancellation).Set;
        if (ProfileName.Trim() is { Length: > 0 } name)
        {
            store.Sets.Types.Save(name, Request.Types);
        }

        return set;
    }

    /// <inheritdoc/>
    public void Dispose() => uploads.Forget(path);

    // What people say of a set changes nothing in what is read.
    private static SetRequest Reading(SetRequest request) =>
        request with { Name = null, Source = null, Licence = "", TakeGoodRows = false };

    private static string NameOf(string file) => Path.GetFileName(file).Split('.', 2)[0];

    // The upload's own path says nothing to anybody.
    private string ForPeople(string message) => message.Replace(path, fileName, StringComparison.Ordinal);

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> known, string key, string value)
    {
        var changed = new Dictionary<string, string>(known, StringComparer.Ordinal);
        if (value.Length == 0)
        {
            changed.Remove(key);
        }
        else
        {
            changed[key] = value;
        }

        return changed;
    }
}
