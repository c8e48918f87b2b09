using System.Text.Json;
using SEAS.Tests.Engine.Models;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.ModelFiles;
using TorchSharp;

namespace SEAS.Tests.Engine.Generation;

/// <summary>Trained weights that nobody here made, against text that another program made from them.</summary>
public sealed class StoriesTests
{
    private const string Folder = "data/models/stories260K";

    [SkippableFact]
    public void The_story_is_told_letter_for_letter()
    {
        var path = SharedData.Require(Folder);
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(path, "golden.json")));
        using var model = ModelFolder.Load(path, torch.CPU);
        var prompt = model.Tokenizer.Encode("", addSpecial: true);
        var steps = golden.RootElement.GetProperty("steps").GetInt32();

        var answer = new Generator(model.Model).Generate(
            [new GenerationRequest(prompt, [new RandomStream(0, "unused")])],
            SamplingSettings.Greedy(steps),
            model.Chat.StopIds,
            CancellationToken.None)[0][0];

        var expected = golden.RootElement.GetProperty("greedy_ids_including_bos").EnumerateArray().Select(id => id.GetInt32()).ToArray();
        Assert.Equal(expected, (int[])[.. prompt, .. answer.Ids[..(expected.Length - 1)]]);
        Assert.Equal(
            golden.RootElement.GetProperty("expected_text").GetString(), model.Tokenizer.Decode(answer.Ids.AsSpan(0, expected.Length - 1)));
    }

    [SkippableFact]
    public void The_first_scores_are_the_reference_to_four_digits()
    {
        var path = SharedData.Require(Folder);
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(path, "golden.json")));
        using var model = ModelFolder.Load(path, torch.CPU);

        var found = SmallModels.LogitsAlone(model.Model, model.Tokenizer.Encode("", addSpecial: true))[0][..6];

        var expected = golden.RootElement.GetProperty("first_logits_after_bos_0_5").EnumerateArray().Select(number => number.GetSingle())
            .ToArray();
        SmallModels.AssertClose(expected, found, 1e-4);
    }
}
