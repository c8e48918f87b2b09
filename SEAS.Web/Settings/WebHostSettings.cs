namespace SEAS.Web.Settings;

/// <summary>Where the dashboard keeps its data and where it listens.</summary>
public sealed record WebHostSettings
{
    /// <summary>The environment variable that holds the access token.</summary>
    public const string TokenVariable = "SEAS_TOKEN";

    /// <summary>Folder of the store, the checkpoints and the keys of sign-in cookies. Created when missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Name or address to listen on. Default 127.0.0.1: this machine only.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port, 0 to 65535. Default 5170; 0 takes any free port.</summary>
    public int Port { get; init; } = 5170;

    /// <summary>Preset to start as soon as the server is ready; none by default.</summary>
    public string? StartRunPreset { get; init; }

    /// <summary>Whether other programs may ask the checkpoints of the dashboard's runs, under <c>/v1</c>. Default: no.</summary>
    public bool ServesModels { get; init; }

    /// <summary>Whoever opens the dashboard must show this. Default: <c>SEAS_TOKEN</c>.</summary>
    /// <remarks>Required unless the host is a loopback address.</remarks>
    public string? Token { get; init; } = Environment.GetEnvironmentVariable(TokenVariable);
}
