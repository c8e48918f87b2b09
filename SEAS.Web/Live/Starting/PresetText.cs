using SEAS.Training.Runs.Plan;

namespace SEAS.Web.Live;

/// <summary>What a person reads about each preset.</summary>
internal static class PresetText
{
    public static PresetView Of(string name) => new(name, name switch
    {
        "embedded" => "Three rounds in the built-in small world. Some minutes on two cores; nothing to download.",
        "smoke" => "The same with everything smaller, under a minute. Shows that the machinery works; its figures mean little.",
        _ => "",
    } + $" {MemoryText.InShort(Presets.Plan(name, seed: 1))}");
}
