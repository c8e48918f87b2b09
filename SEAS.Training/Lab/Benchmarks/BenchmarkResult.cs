using System.Text.Json.Serialization;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>What a benchmark measured, with the names that other programs of the same jobs use.</summary>
/// <param name="Peer">Which program it was.</param>
/// <param name="Job">Which piece of work.</param>
/// <param name="Seconds">Median time of the whole piece.</param>
/// <param name="TokensPerSecond">Real tokens, no padding, per second.</param>
/// <param name="Tokens">sft, dpo: all tokens trained on; attack: new tokens; judge: tokens of the texts without the prefix.</param>
/// <param name="Parameters">The model's size.</param>
/// <param name="Threads">Threads that it was allowed.</param>
/// <param name="PeakRssMib">The process's greatest resident memory, in MiB.</param>
public sealed record BenchmarkResult(
    [property: JsonPropertyName("peer")] string Peer,
    [property: JsonPropertyName("job")] string Job,
    [property: JsonPropertyName("seconds")] double Seconds,
    [property: JsonPropertyName("tokens_per_s")] long TokensPerSecond,
    [property: JsonPropertyName("tokens")] long Tokens,
    [property: JsonPropertyName("parameters")] long Parameters,
    [property: JsonPropertyName("threads")] int Threads,
    [property: JsonPropertyName("peak_rss_mib")] long PeakRssMib);
