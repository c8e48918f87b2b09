namespace SEAS.Data.Contracts.Review;

/// <summary>The questions that a run's annotators are asked.</summary>
[Flags]
public enum ReviewQuestions
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Is the answer safe?</summary>
    Safety = 1,

    /// <summary>What did it do?</summary>
    Behaviour = 2,

    /// <summary>Is the prompt harmful?</summary>
    Prompt = 4,

    /// <summary>Which category and style?</summary>
    Category = 8,

    /// <summary>A note.</summary>
    Note = 16,

    /// <summary>A better answer.</summary>
    Corrected = 32,

    /// <summary>All of them.</summary>
    All = Safety | Behaviour | Prompt | Category | Note | Corrected,
}

/// <summary>Whether annotators see the guard's label.</summary>
public enum SuggestionMode
{
    /// <summary>At once.</summary>
    Shown,

    /// <summary>After they have decided, so that it does not sway them.</summary>
    HiddenUntilDecided,

    /// <summary>Never.</summary>
    Off,
}

/// <summary>How a run is reviewed.</summary>
public sealed record ReviewSettings
{
    /// <summary>What is asked.</summary>
    public ReviewQuestions Questions { get; init; } = ReviewQuestions.All;

    /// <summary>Whether the guard's label is shown.</summary>
    public SuggestionMode Suggestions { get; init; } = SuggestionMode.HiddenUntilDecided;

    /// <summary>The share of items that two people label, 0 to 1.</summary>
    public double OverlapShare { get; init; } = 0.1;

    /// <summary>How many people label each item; at least two for those in the overlap.</summary>
    public int MinimumSubmissions { get; init; } = 1;

    /// <summary>How long an item stays with a person who does nothing, in seconds.</summary>
    public int LeaseSeconds { get; init; } = 300;

    /// <summary>After how many harmful items a pause is suggested; 0 for never.</summary>
    public int PauseAfterHarmful { get; init; } = 25;

    /// <summary>What is wrong with these numbers; empty if nothing is.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        Require(OverlapShare is >= 0 and <= 1, FormattableString.Invariant($"the overlap share should be 0 to 1 but is {OverlapShare}"));
        Require(MinimumSubmissions is >= 1 and <= 100, $"the minimum of submissions should be 1 to 100 but is {MinimumSubmissions}");
        Require(LeaseSeconds is >= 5 and <= 86_400, $"a lease should last 5 to 86,400 seconds but lasts {LeaseSeconds}");
        Require(PauseAfterHarmful >= 0, $"the pause should come after 0 or more harmful items but comes after {PauseAfterHarmful}");
        Require((Questions & ReviewQuestions.All) != ReviewQuestions.None, "at least one question should be asked but none is");
        return problems;

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }
    }
}
