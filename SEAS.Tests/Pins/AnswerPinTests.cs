using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SEAS.Tests.Web;

namespace SEAS.Tests.Pins;

/// <summary>What programs get from the server of a folder of an earlier version, and where.</summary>
public sealed partial class AnswerPinTests : IDisposable
{
    private static readonly string[] s_asked =
    [
        "alive", "api/v1/runs", "api/v1/runs/smoke-1", "api/v1/runs/nobody", "api/v1/runs/smoke-1/events?after=0&limit=12",
        "api/v1/runs/smoke-1/datasets", "api/v1/runs/smoke-1/rounds/2/datasets", "api/v1/runs/smoke-1/rounds/1/datasets/target_pairs/preview",
        "api/v1/runs/smoke-1/datasets/dpo_red/preview?format=trl",
        "api/v1/datasets/notice", "api/v1/datasets/log", "api/v1/lineage?id=smoke-1/r1/target/0", "api/v1/lineage?id=none",
    ];

    private readonly PinnedFolder _folder = new();

    [Fact]
    public async Task Answers_stay()
    {
        await using var host = await DashboardHost.StartScriptedAsync(_folder.Folder);
        var pinned = new PinnedText();
        foreach (var path in s_asked)
        {
            using var answer = await host.Client.GetAsync(new Uri(path, UriKind.Relative));
            var text = await answer.Content.ReadAsStringAsync();
            pinned.Add($"{path}: {(int)answer.StatusCode} {answer.Content.Headers.ContentType}", Trace().Replace(text, ""));
        }

        pinned.AssertIs("answers.golden.txt");
    }

    [Fact]
    public async Task Addresses_stay()
    {
        await using var host = await DashboardHost.StartScriptedAsync(_folder.Folder, servesModels: true);
        var routes = ((IEndpointRouteBuilder)host.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(route => (Path: route.RoutePattern.RawText ?? "", Methods: route.Metadata.GetMetadata<HttpMethodMetadata>()))
            .Where(route => route.Path.StartsWith('/') && !route.Path.StartsWith("/_", StringComparison.Ordinal))
            .Select(route => $"{route.Path} {string.Join(' ', route.Methods?.HttpMethods ?? [])}".TrimEnd())
            .Distinct().Order(StringComparer.Ordinal);

        new PinnedText().Add("addresses", routes).AssertIs("addresses.golden.txt");
    }

    public void Dispose() => _folder.Dispose();

    // Each request has another.
    [GeneratedRegex(",\"traceId\":\"[0-9a-f-]+\"", RegexOptions.None, 1000)]
    private static partial Regex Trace();
}
