using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Text.RegularExpressions;
using SEAS.Data.Contracts;
using SEAS.Tests.Runs;
using SEAS.Training.Endpoints;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Endpoints;

/// <summary>Without an address that somebody gave, nothing leaves this machine.</summary>
[Collection("endpoint keys")]
public sealed partial class OfflineTests
{
    [Fact]
    public void A_run_without_endpoints_looks_up_no_name_and_calls_no_other_machine()
    {
        using var world = new TinyWorld();
        using var watch = new NetworkWatch();

        world.With("offline", (_, _, executor) =>
        {
            executor.Execute(executor.Create(world.Plan()).Id, CancellationToken.None);
            return true;
        });

        Assert.Empty(watch.Elsewhere);
    }

    [Fact]
    public void A_run_with_an_endpoint_elsewhere_is_noticed()
    {
        using var world = new TinyWorld();
        using var watch = new NetworkWatch();
        var plan = world.Plan() with
        {
            GuardModel = null,
            Endpoints = new EndpointPlan { Judge = new() { Url = "http://nobody.invalid/v1", Model = "m", Retries = 0 } },
        };

        world.With("online", (_, _, executor) => Assert.Throws<EndpointException>(
            () => executor.Execute(executor.Create(plan).Id, CancellationToken.None)));

        Assert.Contains(watch.Elsewhere, call => call.Contains("nobody.invalid", StringComparison.Ordinal));
    }

    /// <summary>Everything that this process looks up or connects to, by what the runtime itself reports.</summary>
    private sealed partial class NetworkWatch : EventListener
    {
        private readonly ConcurrentQueue<string> _seen = new();

        /// <summary>What was not this machine. Other tests talk to servers of their own on it.</summary>
        public IReadOnlyList<string> Elsewhere => [.. _seen.Where(call => !Here().IsMatch(call))];

        protected override void OnEventSourceCreated(EventSource source)
        {
            if (source.Name is "System.Net.Sockets" or "System.Net.NameResolution" or "System.Net.Http")
            {
                EnableEvents(source, EventLevel.Informational);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs happened)
        {
            if (happened.EventName is "ConnectStart" or "ResolutionStart" or "RequestStart")
            {
                _seen.Enqueue($"{happened.EventName} {string.Join(' ', happened.Payload ?? [])}");
            }
        }

        // A connection's address comes as the bytes of the system's own structure: family, port, address.
        [GeneratedRegex(
            @"localhost|127\.0\.0\.1|\[::1\]|InterNetwork:16:\{\d+,\d+,127,|InterNetworkV6:28:\{\d+,\d+,(0,){4}(0,){15}1,|"
            + @"InterNetworkV6:28:\{\d+,\d+,(0,){4}(0,){10}255,255,127,|Unix",
            RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Here();
    }
}
