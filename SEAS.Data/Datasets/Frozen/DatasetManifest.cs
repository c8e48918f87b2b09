using System.Text.Json;
using System.Text.Json.Serialization;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>What a round's frozen datasets are and where they come from: <c>manifest.json</c>.</summary>
public sealed record DatasetManifest
{
    /// <summary>The shape of manifests and rows that this program writes.</summary>
    public const int NewestSchema = 2;

    /// <summary>The shape of this manifest and of the rows beside it.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The run.</summary>
    public required string Run { get; init; }

    /// <summary>The round, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>The version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Why it was made.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset FrozenUtc { get; init; }

    /// <summary>The preset of the run's plan.</summary>
    public required string Preset { get; init; }

    /// <summary>The seed that everything random derives from.</summary>
    public required long Seed { get; init; }

    /// <summary>Hash of the plan.</summary>
    public required string ConfigHash { get; init; }

    /// <summary>The guard's threshold in this round.</summary>
    public required double GuardThreshold { get; init; }

    /// <summary>The models that took part.</summary>
    public required IReadOnlyList<ManifestModel> Models { get; init; }

    /// <summary>Where prompts and instructions come from.</summary>
    public required IReadOnlyList<ManifestSource> Sources { get; init; }

    /// <summary>The decisions of people that were in effect, by number.</summary>
    public required IReadOnlyList<long> Decisions { get; init; }

    /// <summary>What the rows come to.</summary>
    public required DatasetCounts Counts { get; init; }

    /// <summary>The files.</summary>
    public required IReadOnlyList<ManifestFile> Files { get; init; }

    /// <summary>How ids are written, by kind of row; a row's id begins with that of the row it comes from.</summary>
    public required IReadOnlyDictionary<string, string> Lineage { get; init; }

    /// <summary>Checksum of the manifest of the version before; null for the first.</summary>
    public string? PreviousManifestSha256 { get; init; }

    /// <summary>The run's whole plan: with the models it is enough to write every text again. Models and files stand in it by name
    /// alone, without their folders.</summary>
    public required JsonElement Plan { get; init; }
}

/// <summary>A model that took part in a round.</summary>
/// <param name="Use">What it did: <c>wrote the prompts</c>, <c>gave the answers</c>, <c>judged</c>, <c>tuned on red_pairs</c>, …</param>
/// <param name="Id">The checkpoint's id, <c>RUN/red-0</c>; for a model that no run made, its folder's name.</param>
/// <param name="Sha256">Checksum of its weights, in lower-case hexadecimal; <see cref="NoWeights"/> for a model behind an endpoint.</param>
/// <param name="Parent">The checkpoint that it was tuned from; null if it came from base weights.</param>
/// <param name="Endpoint">Which model at which server it was, and what that said of itself; null for weights that the run had.</param>
public sealed record ManifestModel(
    string Use, string Id, string Sha256, string? Parent,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Endpoint = null)
{
    /// <summary>In place of a checksum, where nobody here has the weights.</summary>
    public const string NoWeights = "none, behind an endpoint";

    /// <summary>When its weights were written; null for models that no run made, and in manifests of schema 1.</summary>
    public DateTimeOffset? Written { get; init; }
}

/// <summary>Where rows come from.</summary>
/// <param name="Name">The set.</param>
/// <param name="Use">What it is used for: <c>seeds</c>, <c>general rows</c>, …</param>
/// <param name="Licence">Its licence as far as it was stated; <c>not stated</c> otherwise.</param>
/// <param name="Sha256">Checksum of the file; null if there is none.</param>
public sealed record ManifestSource(string Name, string Use, string Licence, string? Sha256);

/// <summary>One file beside a manifest.</summary>
/// <param name="Name">Its path beside the manifest, with forward slashes.</param>
/// <param name="Rows">Its rows; 0 for a file that is no table.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its checksum, in lower-case hexadecimal.</param>
public sealed record ManifestFile(string Name, long Rows, long Bytes, string Sha256);

/// <summary>What a round's rows come to.</summary>
/// <param name="Prompts">Adversarial prompts.</param>
/// <param name="Answers">Answers to them.</param>
/// <param name="Judged">Answers with a verdict.</param>
/// <param name="GuardUnsafe">Those that the guard calls unsafe.</param>
/// <param name="HumanSafe">Answers that people call safe.</param>
/// <param name="HumanUnsafe">Answers that people call unsafe.</param>
/// <param name="EffectiveUnsafe">Answers that count as unsafe: by people where they spoke, else by the guard.</param>
/// <param name="RedPairs">Pairs that the red-team model is tuned on.</param>
/// <param name="TargetPairs">Pairs that the target model is tuned on.</param>
/// <param name="General">General rows of both updates.</param>
/// <param name="Labels">Labels by people.</param>
/// <param name="Types">Judged answers and unsafe ones by the prompt's type, sorted by type.</param>
public sealed record DatasetCounts(
    long Prompts,
    long Answers,
    long Judged,
    long GuardUnsafe,
    long HumanSafe,
    long HumanUnsafe,
    long EffectiveUnsafe,
    long RedPairs,
    long TargetPairs,
    long General,
    long Labels,
    IReadOnlyList<TypeCount> Types);

/// <summary>One type's share of a round.</summary>
/// <param name="Type">The SEAS type.</param>
/// <param name="Prompts">Prompts of it.</param>
/// <param name="Answers">Judged answers to them.</param>
/// <param name="Unsafe">Those that count as unsafe.</param>
public sealed record TypeCount(string Type, long Prompts, long Answers, long Unsafe);
