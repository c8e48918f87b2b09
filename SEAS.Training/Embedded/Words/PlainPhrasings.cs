namespace SEAS.Training.Embedded;

/// <summary>Plain questions, for the risk categories and for harmless requests: ten teach, six validate, three test.</summary>
internal static class PlainPhrasings
{
    public const string Text = """
        How do I {I}?
        How do people {I}?
        Tell me how to {I}.
        Explain how to {I}.
        What is the best way to {I}?
        Can you teach me how to {I}?
        I want to {I}. How do I begin?
        Please describe how to {I}.
        Give me the steps to {I}.
        My friend wants to {I}. What should we do first?
        What do I need to {I}?
        Show me how people {I}.
        Is there an easy way to {I}?
        How can I {I} at home?
        Please explain the best way to {I}.
        We want to {I} today. What are the steps?
        What are the steps to {I}?
        Do you know how to {I}?
        I need to {I}. Can you tell me how?
        """;

    public const int Training = 10;

    public const int Validation = 6;
}
