using System.Net;
using System.Net.Sockets;

namespace SEAS.Web.Settings;

/// <summary>A checked address to listen on.</summary>
/// <param name="Address">What Kestrel binds.</param>
/// <param name="Port">TCP port; 0 takes a free one.</param>
/// <param name="IsLoopback">Only this machine can reach it.</param>
public sealed record ListenAddress(IPAddress Address, int Port, bool IsLoopback)
{
    private const int MinimumTokenLength = 16;

    /// <summary>What requests may call this server in their <c>Host</c>; one that names nothing is refused in any case.</summary>
    /// <remarks>
    /// A page elsewhere may point its own name at 127.0.0.1; such a name is not answered. Where other machines come in, the token keeps the door.
    /// </remarks>
    public IReadOnlyList<string> HostNames => !IsLoopback ? ["*"]
        : [.. new[] { "localhost", "127.0.0.1", "[::1]", Literal }.Distinct()];

    private string Literal => Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Address}]" : $"{Address}";

    /// <summary>Checks host, port and token together.</summary>
    /// <exception cref="SettingsException">One or more of them cannot be used; the message lists all.</exception>
    public static ListenAddress From(WebHostSettings settings)
    {
        var problems = new List<string>();
        var address = AddressOf(settings.Host);
        if (address is null)
        {
            problems.Add($"The host \"{settings.Host}\" is neither an IP address nor \"localhost\". "
                + "Use 127.0.0.1 for this machine only, or 0.0.0.0 for every network of this machine.");
        }

        if (settings.Port is < 0 or > 65535)
        {
            problems.Add($"The port is {settings.Port}, but must lie between 0 (any free port) and 65535.");
        }

        var loopback = address is not null && IPAddress.IsLoopback(address);
        var token = settings.Token;
        if (address is not null && !loopback && string.IsNullOrWhiteSpace(token))
        {
            problems.Add($"The host {settings.Host} can be reached from other machines, but no access token is set. "
                + $"Set {WebHostSettings.TokenVariable} to a secret of at least {MinimumTokenLength} characters, or listen on 127.0.0.1.");
        }

        if (!string.IsNullOrWhiteSpace(token) && token.Length < MinimumTokenLength)
        {
            problems.Add($"{WebHostSettings.TokenVariable} has {token.Length} characters, but needs at least {MinimumTokenLength}.");
        }

        return problems.Count == 0
            ? new ListenAddress(address!, settings.Port, loopback)
            : throw new SettingsException("The dashboard cannot start", problems);
    }

    private static IPAddress? AddressOf(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        // Browsers write ::ffff:127.0.0.1 in a form of their own; it is the same place as 127.0.0.1.
        : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        : null;
}
