using System.Net;
using System.Net.Sockets;
using System.Text;
using SEAS.Data.Contracts;
using SEAS.Web.Commands;
using SEAS.Web.Security;
using SEAS.Web.Settings;

namespace SEAS.Tests.Web;

public sealed class SecurityTests
{
    private const string Token = "a-secret-of-enough-length";

    [Fact]
    public void An_open_network_needs_a_token()
    {
        var error = Assert.Throws<SettingsException>(() => ListenAddress.From(Settings("0.0.0.0", token: null)));

        Assert.Contains("but no access token is set. Set SEAS_TOKEN", error.Message, StringComparison.Ordinal);
        Assert.False(ListenAddress.From(Settings("0.0.0.0", Token)).IsLoopback);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var error = Assert.Throws<SettingsException>(() => ListenAddress.From(Settings("nowhere.example", "short") with { Port = 70_000 }));

        Assert.Equal(3, error.Problems.Count);
    }

    [Fact]
    public async Task Every_answer_carries_the_protective_headers()
    {
        await using var host = await DashboardHost.StartScriptedAsync();
        foreach (var path in new[] { "", "css/site.css", "api/v1/runs", "nowhere" })
        {
            var answer = await host.Client.GetAsync(new Uri(path, UriKind.Relative));

            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_the_token_nothing_but_health_answers()
    {
        await using var host = await DashboardHost.StartScriptedAsync(token: Token);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "api/v1/runs", "Bearer wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "hubs/training/negotiate", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "login?t=wrong", null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "health", null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "api/v1/runs", $"Bearer {Token}"));
    }

    [Fact]
    public async Task Signing_in_trades_the_token_for_a_cookie_that_does_not_hold_it()
    {
        await using var host = await DashboardHost.StartScriptedAsync(token: Token);
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler) { BaseAddress = host.Client.BaseAddress };

        Assert.Contains("Start a run", await browser.GetStringAsync($"login?t={Token}"), StringComparison.Ordinal);

        var cookie = Assert.Single(handler.CookieContainer.GetAllCookies(), cookie => cookie.Name == TokenGate.CookieName);
        Assert.True(cookie.HttpOnly);
        Assert.DoesNotContain(Token, cookie.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://{own}", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://user@{own}", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://user:word@{own}", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://{own}/", HttpStatusCode.Forbidden)]   // no browser writes a path there
    [InlineData("Origin", "http://{own}", HttpStatusCode.OK)]
    [InlineData("Host", "rebound.example", HttpStatusCode.BadRequest)]
    public async Task Other_sites_are_refused(string header, string value, HttpStatusCode expected)
    {
        await using var host = await DashboardHost.StartScriptedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/runs");
        request.Headers.TryAddWithoutValidation(header, value.Replace("{own}", host.Client.BaseAddress!.Authority, StringComparison.Ordinal));

        Assert.Equal(expected, (await host.Client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("GET /api/v1/runs HTTP/1.1\r\nHost:\r\n")]
    [InlineData("GET /api/v1/runs HTTP/1.1\r\n")]
    [InlineData("GET /api/v1/runs HTTP/1.0\r\n")]
    [InlineData("GET /api/v1/runs HTTP/1.0\r\nHost:\r\n")]
    [InlineData("GET /api/v1/runs HTTP/1.1\r\nHost: user@127.0.0.1\r\n")]
    public async Task A_request_that_does_not_say_whom_it_means_is_refused(string head)
    {
        await using var host = await DashboardHost.StartScriptedAsync();

        Assert.Equal("400", await RawStatusAsync(host.Client.BaseAddress!, head));
        Assert.Equal("200", await RawStatusAsync(host.Client.BaseAddress!, "GET /api/v1/runs HTTP/1.1\r\nHost: localhost\r\n"));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.2", "127.0.0.2")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1")]
    [InlineData("[::ffff:7f00:2]", "127.0.0.2")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("::1", "[::1]")]
    public void The_address_that_is_listened_on_is_a_name_that_is_answered(string host, string name)
    {
        var address = ListenAddress.From(Settings(host, token: null));

        Assert.True(address.IsLoopback);
        Assert.Contains(name, address.HostNames);
        Assert.Contains("localhost", address.HostNames);
        Assert.DoesNotContain("*", address.HostNames);
    }

    [SkippableTheory]
    [InlineData("127.0.0.2")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task A_dashboard_on_another_address_of_this_machine_answers_where_it_says_it_is(string name)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux has all of 127.0.0.0/8 without being told.");
        await using var host = await DashboardHost.StartAsync(host: name);

        Assert.Equal("[]", await host.Client.GetStringAsync("api/v1/runs"));
    }

    private static async Task<string> RawStatusAsync(Uri server, string head)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + "Connection: close\r\n\r\n"));
        using var answer = new StreamReader(client.GetStream());
        return (await answer.ReadLineAsync())!.Split(' ')[1];
    }

    private static WebHostSettings Settings(string host, string? token) => new() { DataFolder = "unused", Host = host, Token = token };

    private static async Task<HttpStatusCode> StatusAsync(DashboardHost host, string path, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return (await host.Client.SendAsync(request)).StatusCode;
    }
}
