using SEAS.Training.Text.Normalization;
using SEAS.Web.Live;
using SEAS.Web.Settings;

namespace SEAS.Web.Composition;

/// <summary>Starts the run that the command line asked for, once the server is ready.</summary>
internal static class FirstRun
{
    private const long Seed = 1;

    public static void StartOnceReady(this WebApplication app, WebHostSettings settings)
    {
        if (settings.StartRunPreset is { } preset)
        {
            var control = app.Services.GetRequiredService<IRunControl>();
            app.Lifetime.ApplicationStarted.Register(() => control.Start(preset, Seed));
        }
    }
}
