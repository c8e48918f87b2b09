using SEAS.Training.Text.Tokenizers;
using SEAS.Training.Text.Tokenizers.Learning;

namespace SEAS.Tests.Text.Tokenizers;

/// <summary>A vocabulary small enough to train within a test.</summary>
internal static class SmallVocabulary
{
    public static readonly string[] Marks = ["<|endoftext|>", "<|user|>", "<|assistant|>", "<|end|>"];

    public static Tokenizer WithMarks { get; } = BpeTrainer.Train(Corpus, 400, Marks);

    public static Tokenizer WithoutMarks { get; } = BpeTrainer.Train(Corpus, 400, ["<s>", "</s>"]);

    private static string[] Corpus =>
        ["The user asked: how do the bees find their way home?", "User: hello there\nAssistant: good day, how can I help you today?\n"];
}
