using System.Text;
using SEAS.Data.Datasets.Import;
using SEAS.Tests.Support;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live;

namespace SEAS.Tests.Datasets.Import;

public sealed class PromptSetReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Json_lines_keep_their_categories_in_the_one_spelling()
    {
        var set = Read("seeds.jsonl", """
            {"prompt": "Tell me both sides.\n", "category": "One_sided_statement"}

            {"category": "role play", "prompt": "You are a pirate.", "extra": 1}
            {"prompt": "No category"}
            """);

        Assert.Equal("SEAS JSON lines", set.Format);
        Assert.Empty(set.Errors);
        Assert.Equal(
            [
                new ImportedPrompt("Tell me both sides.", "One_Sided_Statement", "SEAS", 1),
                new ImportedPrompt("You are a pirate.", "Role_Play", "SEAS", 3),
                new ImportedPrompt("No category", "Uncategorized", "SEAS", 4),
            ],
            set.Prompts);
    }

    [Fact]
    public void Damaged_lines_are_reported_by_row_and_field_and_the_others_kept()
    {
        var set = Read("seeds.jsonl", """
            {"prompt": "good"}
            {"prompt": "cut off
            {"text": "odd"}
            {"prompt": 5}
            {"prompt": "  "}
            [1]
            """);

        Assert.Equal("good", Assert.Single(set.Prompts).Prompt);
        Assert.Equal(
            [(2, ""), (3, "prompt"), (4, "prompt"), (5, "prompt"), (6, "")],
            set.Errors.Select(error => (error.Row, error.Column)));
        Assert.Contains("the fields text", set.Errors[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AdvBench_gives_goals_without_category()
    {
        var set = Read("any.csv", "\uFEFFgoal,target\r\n\"Write, then\r\nsend\",Sure\r\nSecond,Sure\r\n");

        Assert.Equal("AdvBench CSV", set.Format);
        Assert.Contains("goal, target", set.Reason, StringComparison.Ordinal);
        Assert.Equal(
            [
                new ImportedPrompt("Write, then\r\nsend", "Uncategorized", "AdvBench", 2),
                new ImportedPrompt("Second", "Uncategorized", "AdvBench", 3),
            ],
            set.Prompts);
    }

    [Fact]
    public void JailbreakBench_names_its_category_and_source_with_or_without_an_index_column()
    {
        var expected = new ImportedPrompt("Write it", "Harassment_Discrimination", "TDC/HarmBench", 2);

        var with = Read("a.csv", """
            ,Goal,Target,Behavior,Category,Source
            0,Write it,Sure,Defamation,Harassment/Discrimination,TDC/HarmBench
            """);
        var without = Read("b.csv", "Goal,Target,Behavior,Category\nWrite it,Sure,Defamation,Harassment/Discrimination\n");

        Assert.Equal("JailbreakBench CSV", with.Format);
        Assert.Equal(expected, Assert.Single(with.Prompts));
        Assert.Equal(expected with { Source = "JailbreakBench" }, Assert.Single(without.Prompts));
    }

    [Fact]
    public void HarmBench_puts_the_context_in_front_of_the_behavior()
    {
        var set = Read("h.csv", """
            Behavior,FunctionalCategory,SemanticCategory,Tags,ContextString,BehaviorID
            Explain it,contextual,misinformation_disinformation,context,"Some
            text",id_1
            Plain one,standard,illegal,,,id_2
            """);

        Assert.Equal("HarmBench CSV", set.Format);
        Assert.Equal(["Some\ntext\n\n---\n\nExplain it", "Plain one"], set.Prompts.Select(prompt => prompt.Prompt));
        Assert.Equal(["Misinformation_Disinformation", "Illegal"], set.Prompts.Select(prompt => prompt.Category));
    }

    [Fact]
    public void XSTest_says_which_prompts_are_safe()
    {
        var set = Read("x.csv", """
            id,prompt,type,label,focus,note
            1,Kill a process?,homonyms,safe,kill,
            2,Other,contrast_homonyms,unsafe,kill,
            3,Odd,x,maybe,y,
            """);

        Assert.Equal("XSTest CSV", set.Format);
        Assert.Equal([true, false], set.Prompts.Select(prompt => prompt.IsSafe));
        Assert.Equal("Contrast_Homonyms", set.Prompts[1].Category);
        Assert.Equal((4, "label"), (set.Errors.Single().Row, set.Errors.Single().Column));
    }

    [Theory]
    [InlineData("prompt,category\nHello,Health harm\n")]
    [InlineData("category;PROMPT\nHealth_Harm;Hello\n")]
    [InlineData("id\tprompt\tcategory\n1\tHello\tHEALTH_HARM\n")]
    public void Any_table_with_a_column_of_prompts_is_read(string text) =>
        Assert.Equal(new ImportedPrompt("Hello", "Health_Harm", "CSV", 2), Assert.Single(Read("t.txt", text).Prompts));

    [Fact]
    public void Rows_with_too_many_or_too_few_cells_are_reported()
    {
        var set = Read("t.csv", "prompt,category\nHello, there,Role_Play\nShort\n\"a\"b,x\n,Role_Play\nGood,Role_Play\n");

        Assert.Equal("Good", Assert.Single(set.Prompts).Prompt);
        Assert.Equal([(2, ""), (3, ""), (4, ""), (5, "prompt")], set.Errors.Select(error => (error.Row, error.Column)));
        Assert.Contains("expected 2 cells as in the header, found 3 on line 2", set.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_text_has_a_prompt_a_line()
    {
        var set = Read("words.txt", "Hello, how are you?\n\n  What is new?  \r\n");

        Assert.Equal("Plain text", set.Format);
        Assert.Equal(
            [
                new ImportedPrompt("Hello, how are you?", "Uncategorized", "words.txt", 1),
                new ImportedPrompt("What is new?", "Uncategorized", "words.txt", 3),
            ],
            set.Prompts);
    }

    [Theory]
    [InlineData("e.jsonl", "", "an empty file")]
    [InlineData("e.txt", " \n\n", "an empty file")]
    [InlineData("w.csv", "name,age\nx,1\n", "'name', 'age'")]
    [InlineData("w.txt", "name,age\nx,1\n", "'name', 'age'")]
    [InlineData("h.csv", "prompt,category\n", "a header and nothing below it")]
    [InlineData("a.json", "[1, 2]", "an array of neither objects nor texts")]
    [InlineData("a.jsonl", "hello", "begins with 'h'")]
    [InlineData("n.jsonl", "{\"text\": \"x\"}\n{}", "2 rows, none of which can be read; row 1")]
    [InlineData("b.csv", "PK\u0003\u0004\0\0", "an Excel or zip file")]
    public void A_file_without_prompts_is_refused_with_what_was_found(string name, string text, string found)
    {
        var error = Assert.Throws<PromptSetException>(() => Read(name, text));

        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("Expected: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_a_folder_and_other_encodings_are_named()
    {
        var latin = Path.Combine(_folder.Path, "latin.txt");
        File.WriteAllBytes(latin, Encoding.Latin1.GetBytes("caf\u00E9\n"));
        var utf16 = Path.Combine(_folder.Path, "utf16.txt");
        File.WriteAllText(utf16, "café\n", Encoding.Unicode);

        Assert.Contains("no such file", Message(Path.Combine(_folder.Path, "none.csv")), StringComparison.Ordinal);
        Assert.Contains("a folder", Message(_folder.Path), StringComparison.Ordinal);
        Assert.Contains("not UTF-8", Message(latin), StringComparison.Ordinal);
        Assert.Equal("café", Assert.Single(PromptSetReader.Read(utf16).Prompts).Prompt);
    }

    [Fact]
    public void A_quote_that_is_never_closed_costs_only_what_follows_it()
    {
        var set = Read("q.csv", "prompt,category\nGood,Role_Play\n\"Bad,Role_Play\nMore,Role_Play\n");

        Assert.Equal("Good", Assert.Single(set.Prompts).Prompt);
        Assert.Contains("line 3 is never closed", Assert.Single(set.Errors).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Message(string path) => Assert.Throws<PromptSetException>(() => PromptSetReader.Read(path)).Message;

    private PromptSet Read(string name, string text) => PromptSetReader.Read(_folder.Write(name, text));
}
