namespace SEAS.Training.Engine.Models;

/// <summary>The families of decoders that this program runs; they differ in what their files say, not in how they compute.</summary>
public enum ModelFamily
{
    /// <summary>Llama 1 to 3.2, TinyLlama, SmolLM2, Llama Guard.</summary>
    Llama,

    /// <summary>Mistral 7B and its kin.</summary>
    Mistral,

    /// <summary>Qwen2 and Qwen2.5.</summary>
    Qwen2,
}
