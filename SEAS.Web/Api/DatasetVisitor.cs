using Microsoft.Net.Http.Headers;
using SEAS.Data;
using SEAS.Data.Datasets.Export;

namespace SEAS.Web.Api;

/// <summary>Who takes datasets or models: a person named in the address of a page's link, or in a program's header.</summary>
/// <remarks>A name is no secret and opens nothing: who may come in at all is decided before. It is for the log.</remarks>
internal sealed record DatasetVisitor(string Name, string Way, bool AcceptsNow)
{
    public const string PersonHeader = "Seas-Person";
    public const string NoticeHeader = "Seas-Notice";

    private const string Accepted = "accepted";

    /// <exception cref="ArgumentException">Nobody is named.</exception>
    public static DatasetVisitor Of(HttpRequest request, string? who)
    {
        var header = request.Headers[PersonHeader].ToString();
        var name = string.IsNullOrWhiteSpace(who) ? header : who;
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException(
                $"Who takes datasets must be named, for the log: ?who=NAME in the address, or the header {PersonHeader}: NAME.");
        }

        var accepts = string.Equals(request.Headers[NoticeHeader], Accepted, StringComparison.OrdinalIgnoreCase);
        return new DatasetVisitor(name.Trim(), header.Length > 0 ? "program" : "page", accepts);
    }

    /// <summary>Whether they have accepted the notice, by now or with this request.</summary>
    public bool MayTake(Store store)
    {
        if (AcceptsNow)
        {
            store.DatasetAccess.Accept(Name);
        }

        return AcceptsNow || store.DatasetAccess.HasAccepted(Name);
    }

    /// <summary>Writes into the log that they take an export; a download that goes on where it broke is one with its beginning.</summary>
    /// <param name="store">The log's store.</param>
    /// <param name="export">What they get.</param>
    /// <param name="range">Which part of it they ask for.</param>
    /// <param name="write">Writes the entry, with their name and way.</param>
    public void Record(Store store, PreparedExport export, RangeHeaderValue? range, Action<DatasetAccess, string, string> write)
    {
        var goesOn = range?.Ranges.All(part => part.From > 0) == true;
        if (!goesOn || !store.DatasetAccess.HasTaken(export, Name))
        {
            write(store.DatasetAccess, Name, Way);
        }
    }
}
