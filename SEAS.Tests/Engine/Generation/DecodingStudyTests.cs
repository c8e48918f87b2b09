using SEAS.Training.Lab.Benchmarks;

namespace SEAS.Tests.Engine.Generation;

/// <summary>The small form of <c>study decoding</c>.</summary>
public sealed class DecodingStudyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seas-decoding-").FullName;

    private readonly DecodingStudy _study = new(
        new BenchmarkSettings("attack") { Dim = 32, Layers = 2, Heads = 4, KvHeads = 2, Hidden = 64, Seq = 8 });

    public void Dispose()
    {
        _study.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Each_text_grows_by_what_was_asked_as_it_would_alone()
    {
        var prompts = _study.Prompts(5);

        var together = _study.Decode(prompts, tokens: 8).Ids;

        Assert.All(together, text => Assert.Equal(8, text.Length));
        Assert.Equal(prompts.Select(prompt => Assert.Single(_study.Decode([prompt], tokens: 8).Ids)), together);
    }

    [Fact]
    public void The_same_weights_leave_as_a_gguf_file()
    {
        var file = Path.Combine(_folder, "model.gguf");

        _study.WriteGguf(file);

        Assert.Equal("GGUF"u8.ToArray(), File.ReadAllBytes(file)[..4]);
    }
}
