namespace SEAS.Training.Engine.Models;

/// <summary>The families of decoders that this program runs. They differ in what their files say; how they compute stands in
/// <see cref="LlamaConfig"/>.</summary>
public enum ModelFamily
{
    /// <summary>Llama 1 to 3.2, TinyLlama, SmolLM2, Llama Guard.</summary>
    Llama,

    /// <summary>Mistral 7B and its kin.</summary>
    Mistral,

    /// <summary>Qwen2 and Qwen2.5.</summary>
    Qwen2,

    /// <summary>Qwen3 without experts: queries and keys are normed head by head.</summary>
    Qwen3,

    /// <summary>SmolLM3: some blocks do not turn by positions.</summary>
    SmolLM3,
}
