using SEAS.Data.Contracts;

namespace SEAS.Web.Live;

/// <summary>A run's name as a title: <c>Embedded · seed 7</c>.</summary>
public static class RunTitle
{
    public static string Of(Run run) => FormattableString.Invariant($"{OfPreset(run.Preset)} · seed {run.Seed}");

    public static string OfPreset(string preset) => preset.Length == 0 ? preset : char.ToUpperInvariant(preset[0]) + preset[1..];
}
