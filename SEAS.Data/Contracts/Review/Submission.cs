namespace SEAS.Data.Contracts.Review;

/// <summary>One person's answer to one question about one item, for measuring how far people agree.</summary>
/// <param name="Item">The item's key.</param>
/// <param name="Round">Its round.</param>
/// <param name="Annotator">Who answered.</param>
/// <param name="Question">Which question.</param>
/// <param name="Value">The answer, by name.</param>
/// <param name="Origin">How it came about.</param>
public sealed record Submission(long Item, int Round, string Annotator, ReviewQuestions Question, string Value, DecisionOrigin Origin);

/// <summary>How fast one person labels.</summary>
/// <param name="Annotator">Who.</param>
/// <param name="Labels">Submissions that stand.</param>
/// <param name="MedianSeconds">Half of the submissions took at most this long.</param>
/// <param name="LabelsPerMinute">Submissions of the last ten minutes, a minute.</param>
/// <param name="LastUtc">When the last one came.</param>
public sealed record AnnotatorPace(string Annotator, long Labels, double MedianSeconds, double LabelsPerMinute, DateTimeOffset LastUtc);
