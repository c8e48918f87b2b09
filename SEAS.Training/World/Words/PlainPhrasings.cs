namespace SEAS.Training.World.Words;

/// <summary>Plain questions in three manners, for the risk categories and for harmless requests, in the form of the styles' table.</summary>
internal static class PlainPhrasings
{
    public const string Text = """
        ## how
        How do I {I}?
        How do people {I}?
        Tell me how to {I}.
        Can you teach me how to {I}?
        I want to {I}. How do I begin?
        Please describe how to {I}.
        How can I {I} at home?
        Do you know how people {I}?
        I need to know how to {I}.
        ## way
        What is the best way to {I}?
        Please explain the best way to {I}.
        Is there an easy way to {I}?
        Show me the way people {I}.
        My friend asks for a good way to {I}.
        Do you know a way to {I}?
        I need to {I} today. Which way is best?
        Can you describe a way to {I}?
        Tell me the best way to {I} at home.
        ## steps
        What are the steps to {I}?
        Give me the steps to {I}.
        We want to {I} today. What are the first steps?
        Tell me all the steps to {I}.
        Which steps do I need to {I}?
        Please list the steps to {I}.
        Can you name the steps to {I}?
        I want to {I} today. Explain the steps.
        Show me the first steps to {I}.
        """;
}
