using System.Text.RegularExpressions;

namespace SEAS.Training.Endpoints;

/// <summary>What a server does not take in a request, learnt from its refusals: left out from then on, and said once. Used from any
/// thread.</summary>
/// <param name="tell">Told a sentence for each field when it is first left out.</param>
internal sealed partial class RequestManners(Action<string>? tell = null)
{
    // What a run can do without, and what it loses.
    private static readonly Dictionary<string, string> s_losses = new(StringComparer.Ordinal)
    {
        ["temperature"] = "the server's own temperature holds",
        ["top_p"] = "the server's own top_p holds",
        ["top_k"] = "the server's own top_k holds",
        ["seed"] = "its answers do not repeat",
        ["logprobs"] = "its words alone are read, without probabilities",
        [EndpointJson.Length] = $"the longest answer is sent as {EndpointJson.NewerLength}",
        [EndpointJson.NewerLength] = "the server's own longest answer holds",
    };

    private readonly Lock _lock = new();
    private volatile IReadOnlySet<string> _refused = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Fields that are left out now.</summary>
    public IReadOnlySet<string> Refused => _refused;

    /// <summary>Whether a refusal is of a field that can be left out; it is from then on.</summary>
    /// <param name="status">The refusal's status.</param>
    /// <param name="error">What it says.</param>
    /// <param name="sent">The fields of the request.</param>
    public bool Learn(int status, EndpointError error, IReadOnlyCollection<string> sent)
    {
        if (status is not (400 or 422))
        {
            return false;
        }

        var words = error.Message ?? "";
        var unknown = Unknown().IsMatch(words) || error.Codes.Any(Unknown().IsMatch);
        var named = s_losses.Keys.Where(field => sent.Contains(field) && IsNamed(field)).ToList();
        if (named.Count == 0)
        {
            return false;
        }

        List<string> news;
        lock (_lock)
        {
            news = [.. named.Except(_refused)];
            _refused = new HashSet<string>(_refused.Concat(named), StringComparer.Ordinal);
        }

        news.ForEach(field => tell?.Invoke($"does not take '{field}' ({Short(words)}): asked without it from now on, so {s_losses[field]}."));
        return true;

        bool IsNamed(string field)
        {
            var isField = error.Fields.Any(own => Root(own) == field || (field == "logprobs" && Root(own) == "top_logprobs"));
            var isWord = Regex.IsMatch(words, $@"\b({(field == "logprobs" ? "(top_)?logprobs" : field)})\b",
                RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

            // "max_tokens is too large" is about its value, and to leave it out would be to answer without an end.
            return field switch
            {
                EndpointJson.Length when words.Contains(EndpointJson.NewerLength, StringComparison.Ordinal) => true,
                EndpointJson.Length or EndpointJson.NewerLength => unknown && (isField || (isWord && error.Fields.Count == 0)),
                _ => isField || (isWord && error.Fields.Count == 0 && unknown),
            };
        }
    }

    private static string Root(string field) => field.Split('.', '[')[0];

    private static string Short(string words) => words.Length switch { 0 => "no reason given", > 120 => words[..120] + " …", _ => words.TrimEnd('.') };

    [GeneratedRegex(
        @"not (yet )?support|unsupported|unrecogni[sz]ed|unknown|unexpected|extra|not permitted|not allowed|forbidden|deprecated|only the default"
        + @"|not available|cannot be used|incompatible|does not accept|not accepted",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Unknown();
}
