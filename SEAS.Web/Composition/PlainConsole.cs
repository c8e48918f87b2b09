using Microsoft.Extensions.Logging.Console;

namespace SEAS.Web.Composition;

/// <summary>What a server says on the console while it runs: warnings and errors, in plain text.</summary>
/// <remarks>The console makes texts from outside visible, so the log draws no colours: their codes would be made visible as well.</remarks>
internal static class PlainConsole
{
    public static void AddPlainConsole(this ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddSimpleConsole();
        logging.Services.PostConfigure<SimpleConsoleFormatterOptions>(options => options.ColorBehavior = LoggerColorBehavior.Disabled);
        // Keys lie beside the store, which holds more than they protect: no need to say so at every first start.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A cookie that is no token of this server (a visitor's garbage, or of a data folder that is gone) is replaced by a good one.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Critical);
    }
}
