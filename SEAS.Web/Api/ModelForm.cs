using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;

namespace SEAS.Web.Api;

/// <summary>The form in which a model is exported.</summary>
/// <param name="Format"><c>hf</c>, <c>peft</c> or <c>gguf</c>.</param>
/// <param name="Precision">How exactly its weights are kept; an adapter's are as they were learnt.</param>
internal sealed record ModelForm(string Format, WeightPrecision Precision)
{
    public const string HuggingFace = "hf";
    public const string Peft = "peft";
    public const string Gguf = "gguf";

    /// <summary>All that are offered, each with its words.</summary>
    public static IReadOnlyList<(ModelForm Form, string Words)> Offered { get; } =
    [
        (new(HuggingFace, WeightPrecision.Float32), "Hugging Face folder, float32"),
        (new(HuggingFace, WeightPrecision.BFloat16), "Hugging Face folder, bfloat16"),
        (new(HuggingFace, WeightPrecision.Float16), "Hugging Face folder, float16"),
        (new(Gguf, WeightPrecision.Float32), "GGUF for llama.cpp, float32"),
        (new(Gguf, WeightPrecision.Float16), "GGUF for llama.cpp, float16"),
        (new(Gguf, WeightPrecision.BFloat16), "GGUF for llama.cpp, bfloat16"),
        (new(Gguf, WeightPrecision.Quantized8), "GGUF for llama.cpp, 8 bits"),
        (new(Peft, WeightPrecision.Float32), "PEFT adapter since the run's base"),
    ];

    /// <summary>Its name in the log and in a page, for example <c>gguf-q8_0</c>.</summary>
    public string Name => Format == Peft ? Peft : $"{Format}-{WeightPrecisions.Name(Precision)}";

    /// <summary>The precision as addresses and <c>export-model</c> call it.</summary>
    public string PrecisionName => WeightPrecisions.Name(Precision);

    /// <summary>The file for a person.</summary>
    public string Address(CheckpointId id, string who) => $"/api/v1/runs/{id.Run}/models/{ModelDownloads.Place(id.Role, id.Iteration)}"
        + $"?format={Format}&precision={PrecisionName}&who={Uri.EscapeDataString(who)}";

    /// <exception cref="ArgumentException">There is no such form.</exception>
    public static ModelForm Of(string? format, string? precision)
    {
        var wanted = (format ?? HuggingFace, precision ?? WeightPrecisions.Name(WeightPrecision.Float32));
        return Offered.Select(offered => offered.Form).FirstOrDefault(form => (form.Format, form.PrecisionName) == wanted)
            ?? throw new ArgumentException(
                $"format is \"{wanted.Item1}\" and precision \"{wanted.Item2}\"; together they must be one of "
                + $"{string.Join(", ", Offered.Select(offered => $"{offered.Form.Format} {offered.Form.PrecisionName}"))}.");
    }
}
