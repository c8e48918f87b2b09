namespace SEAS.Data.Review.Files;

/// <summary>What people said of one record, in the order of the file; a person who said something twice is there twice.</summary>
internal sealed class SaidByPeople
{
    private readonly List<(string Person, Dictionary<string, string> Answers)> _all = [];

    /// <summary>Each person's labels, a later one of the same person behind the earlier.</summary>
    public IReadOnlyList<(string Person, Dictionary<string, string> Answers)> All => _all;

    /// <summary>Begins another label of a person, where the file says where one begins.</summary>
    public void Begin(string person) => _all.Add((person, new Dictionary<string, string>(StringComparer.Ordinal)));

    /// <summary>Adds an answer to the person's first label that has none to this question, or to a new one.</summary>
    public void Answer(string person, string question, string answer, string? changed)
    {
        var name = LabelColumns.Canonical(question);
        if (_all.FindLast(said => said.Person == person && !said.Answers.ContainsKey(name)).Answers is not { } answers)
        {
            Begin(person);
            answers = _all[^1].Answers;
        }

        answers[name] = answer;
        if (changed is not null)
        {
            answers[LabelColumns.Changed] = changed;
        }
    }
}
