using System.Text.Json;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Generation;
using SEAS.Training.ModelFiles;

namespace SEAS.Tests.ModelFiles;

/// <summary>llama.cpp, as npm brings it: reads the GGUF files that this project writes. Nobody here wrote it.</summary>
internal static class LlamaCpp
{
    public static void Require() => NodeScript.Require("@node-llama-cpp/linux-x64");

    /// <summary>Continues prompts greedily, all in one batch, and cuts texts.</summary>
    public static async Task<LlamaAnswer> AskAsync(
        string file, IReadOnlyList<int[]> prompts, int steps, IReadOnlyList<string>? texts = null, int logits = 0)
    {
        var asked = JsonSerializer.Serialize(new { model = file, prompts, steps, texts = texts ?? [], logits });
        var answer = await NodeScript.RunAsync("ModelFiles/ask-llama.mjs", asked);
        return JsonSerializer.Deserialize<LlamaAnswer>(answer, JsonSerializerOptions.Web)!;
    }

    /// <summary>The same prompts continued here.</summary>
    public static int[][] Continue(ModelFolder model, IReadOnlyList<int[]> prompts, int steps) =>
        [.. new Generator(model.Model).Generate(
            [.. prompts.Select(prompt => new GenerationRequest(prompt, [new(1, "greedy")]))],
            SamplingSettings.Greedy(steps),
            new HashSet<int>(),
            CancellationToken.None).Select(samples => samples[0].Ids)];
}

/// <summary>What llama.cpp said.</summary>
internal sealed record LlamaAnswer(int[][] Ids, double[][] Logits, int[][] Texts, int Bos, int Eos, bool PrependsBos)
{
    /// <summary>The first step's scores of one prompt, by token.</summary>
    public float[] FirstLogits(int prompt)
    {
        var scores = new float[Logits[prompt].Length / 2];   // token, score, token, score …
        for (var i = 0; i < scores.Length; i++)
        {
            scores[(int)Logits[prompt][2 * i]] = (float)Logits[prompt][(2 * i) + 1];
        }

        return scores;
    }
}
