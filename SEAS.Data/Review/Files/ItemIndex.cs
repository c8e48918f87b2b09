using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Data.Storage;
using SEAS.Data.Text;

namespace SEAS.Data.Review.Files;

/// <summary>Finds a run's items by their place or by what they say.</summary>
internal sealed class ItemIndex
{
    private readonly RunId _run;
    private readonly Dictionary<(int Round, ReviewSource Source, int Seed, int Prompt, int Answer), IndexedItem> _byPlace;
    private readonly ILookup<string, IndexedItem> _byContent;

    private const string ItemsSql = """
        SELECT key          AS Key,
               round        AS Round,
               source       AS Source,
               seed_index   AS SeedIndex,
               prompt_index AS PromptIndex,
               answer_index AS AnswerIndex,
               content_hash AS ContentHash
          FROM review_items
         WHERE run_id = @Run
         ORDER BY key;
        """;

    public ItemIndex(SqliteConnections connections, RunId run)
    {
        _run = run;
        var items = connections.Read(connection => connection.Query<IndexedItem>(ItemsSql, new { Run = run }).AsList());
        _byPlace = items.ToDictionary(item => (item.Round, item.Source, item.SeedIndex, item.PromptIndex, item.AnswerIndex));
        _byContent = items.ToLookup(item => item.ContentHash, StringComparer.Ordinal);
    }

    /// <summary>The items of this content.</summary>
    public IEnumerable<long> OfContent(string hash) => _byContent[hash].Select(item => item.Key);

    /// <summary>
    /// The item at the row's place; without a place, or with one in another run, all items that say the same. Empty, with the reason noted,
    /// if there is none.
    /// </summary>
    public IReadOnlyList<long> Find(LabelRow row, ProblemLog problems)
    {
        var place = row.Place;
        var hash = place.ContentHash ?? (place.PromptText is null
            ? null
            : ContentHash.Of(place.PromptText, place.Answer == -1 ? "" : place.AnswerText ?? ""));
        if (place is { Round: { } round, Seed: { } seed } && (place.Run is null || place.Run == _run.Value))
        {
            var key = (round, place.Source, seed, place.Prompt ?? 0, place.Answer ?? 0);
            if (!_byPlace.TryGetValue(key, out var item))
            {
                problems.Add(row.Row, LabelColumns.Round, FormattableString.Invariant(
                    $"expected an item of run {_run}, but there is none at ") + FormattableString.Invariant(
                    $"round {round}, seed {seed}, prompt {key.Item4}, answer {key.Item5}"));
                return [];
            }

            if (hash is not null && hash != item.ContentHash)
            {
                problems.Add(
                    row.Row,
                    place.ContentHash is null ? LabelColumns.Prompt : LabelColumns.ContentHash,
                    "expected the text of the item at this place, found another one: the file belongs to another run");
                return [];
            }

            return [item.Key];
        }

        var found = hash is null ? [] : OfContent(hash).ToList();
        if (found.Count == 0)
        {
            problems.Add(
                row.Row,
                hash is null ? LabelColumns.ContentHash : LabelColumns.Prompt,
                hash is null
                    ? "expected a place, a content hash, or prompt and answer, found none of these"
                    : $"expected the text of an item of run {_run}, found one that was never sent to review there");
        }

        return found;
    }
}

/// <summary>What tells an item from others.</summary>
internal sealed record IndexedItem(
    long Key, int Round, ReviewSource Source, int SeedIndex, int PromptIndex, int AnswerIndex, string ContentHash);
