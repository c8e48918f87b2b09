using SEAS.Training.Engine.Models;

namespace SEAS.Training.Memory;

/// <summary>Sizes of published models, for plans that are made before a model is there.</summary>
public static class KnownSizes
{
    /// <summary>Llama 3 8B, from its config.json; the paper's models, and its guard, are of this size.</summary>
    public static LlamaConfig Llama3Of8 { get; } =
        new(4096, 32, 32, 8, 14_336, 128_256, 8192, 1e-5, 500_000, TiedEmbeddings: false);

    /// <summary>The names, for people.</summary>
    public const string Names = "llama-3-8b";

    /// <summary>The sizes of a name; null where it is none.</summary>
    public static LlamaConfig? Find(string name) => string.Equals(name, Names, StringComparison.Ordinal) ? Llama3Of8 : null;
}
