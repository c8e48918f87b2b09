using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SEAS.Training.Text.Normalization;
using SEAS.Web.Composition;

namespace SEAS.Tests.Web;

/// <summary>The real program, serving a data folder as a process of its own that a test can kill.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private readonly Task<string> _said;

    private ServerProcess(Process process, string address, Task<string> said) => (_process, Address, _said) = (process, address, said);

    public string Address { get; }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it and waits until it says where it is.</summary>
    public static async Task<ServerProcess> StartAsync(string folder, int port, Dictionary<string, string>? environment = null)
    {
        string[] arguments = ["serve", "--data", folder, "--port", FormattableString.Invariant($"{port}"), "--no-browser"];
        var start = new ProcessStartInfo("dotnet", [typeof(WebHost).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (line.StartsWith("The dashboard is at", StringComparison.Ordinal))
            {
                // Read on, so that it never waits for somebody to read what it says.
                return new ServerProcess(process, $"http://127.0.0.1:{port}/", process.StandardOutput.ReadToEndAsync());
            }
        }

        process.Dispose();
        throw new InvalidOperationException($"The server should say where it is, but said:\n{string.Join('\n', said)}");
    }

    /// <summary>SIGKILL: nothing of the process runs after this.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: it ends in order, its log written. What it said since it said where it is.</summary>
    public async Task<string> EndAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", FormattableString.Invariant($"{_process.Id}")]);
        await _process.WaitForExitAsync();
        return await _said;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
