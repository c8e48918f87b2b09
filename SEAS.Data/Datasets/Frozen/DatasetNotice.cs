namespace SEAS.Data.Datasets.Frozen;

/// <summary>What a person is told before they take datasets or models away for the first time.</summary>
public static class DatasetNotice
{
    /// <summary>Its number; a text that says something else gets the next one, and is shown again to everybody.</summary>
    public const int Version = 2;

    /// <summary>The text.</summary>
    public const string Text =
        "These files hold prompts that were written to make a language model do harm, answers that may do so, or models that learnt "
        + "from them; the red model writes such prompts. They are meant for making models safer: for training, measuring and research. "
        + "Keep them from people who did not ask for them, do not publish them without this warning, and do not act on what they say. "
        + "Your name, the time and what you took are kept in this data folder's log.";
}
