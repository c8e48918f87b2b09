using SEAS.Data.Contracts.Events;
using SEAS.Training.Endpoints;

namespace SEAS.Training.Runs.Context;

/// <summary>What a run's endpoints were asked: told to viewers as it happens, and kept for the unit of work that is being done.</summary>
internal sealed class EndpointLog(Action<EndpointEvent> publish, Action<AlertEvent> alert)
{
    private readonly List<(EndpointRole Role, EndpointUse Use)> _uses = [];
    private readonly Dictionary<EndpointRole, RequestManners> _manners = [];
    private bool _saidThatWordsAlone;

    /// <summary>A unit of work begins: what was asked before belongs to another.</summary>
    public void Begin() => _uses.Clear();

    /// <summary>What a role's server does not take: learnt once for the whole run, and told to viewers.</summary>
    public RequestManners Manners(EndpointRole role, EndpointSettings settings)
    {
        if (!_manners.TryGetValue(role, out var known))
        {
            _manners[role] = known = new RequestManners(said => alert(new AlertEvent($"{settings.Name} {said}")));
        }

        return known;
    }

    /// <summary>Notes calls that were made.</summary>
    public void Tell(EndpointRole role, EndpointUse use)
    {
        _uses.Add((role, use));
        publish(new EndpointEvent(
            role, use.Host, use.Model, use.AnsweredBy, use.Calls, use.Retries, use.PromptTokens, use.AnswerTokens, use.Uncounted, use.Withheld)
        {
            NoAnswer = use.NoAnswer,
        });
    }

    /// <summary>A role's calls since the last time, added up; null if there were none.</summary>
    public EndpointUse? Take(EndpointRole role)
    {
        var own = _uses.Where(entry => entry.Role == role).Select(entry => entry.Use).ToList();
        _uses.RemoveAll(entry => entry.Role == role);
        return own.Count == 0 ? null : own.Aggregate((sum, next) => new EndpointUse(
            next.Host, next.Model, [.. sum.AnsweredBy.Union(next.AnsweredBy).Order(StringComparer.Ordinal)], sum.Calls + next.Calls,
            sum.Retries + next.Retries, sum.PromptTokens + next.PromptTokens, sum.AnswerTokens + next.AnswerTokens,
            sum.Uncounted + next.Uncounted, sum.Withheld + next.Withheld)
        {
            NoAnswer = sum.NoAnswer is null && next.NoAnswer is null ? null : (sum.NoAnswer ?? 0) + (next.NoAnswer ?? 0),
        });
    }

    /// <summary>Says once that a guard gives words in place of probabilities.</summary>
    public void WarnOfWords(EndpointSettings guard)
    {
        if (!_saidThatWordsAlone)
        {
            _saidThatWordsAlone = true;
            alert(new AlertEvent(
                $"The guard, {guard.Name}, gives no log-probabilities: its word alone counts, so its scores are 0 or 1 and none is "
                + "borderline. Review finds less, and the threshold has nothing to move."));
        }
    }
}
