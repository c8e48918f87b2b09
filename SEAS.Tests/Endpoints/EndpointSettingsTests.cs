using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;
using SEAS.Training.Guards;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Live;

namespace SEAS.Tests.Endpoints;

/// <summary>Where endpoints and their keys come from.</summary>
public sealed class EndpointSettingsTests
{
    [Fact]
    public void A_general_address_alone_makes_no_role_remote()
    {
        var environment = Environment(("OPENAI_BASE_URL", "https://a.example/v1"), ("OPENAI_MODEL", "m"), ("OPENAI_API_KEY", "k"));

        Assert.Null(EndpointVariables.Settings(EndpointRole.Target, url: null, model: null, environment));
        Assert.Equal(
            new EndpointSettings { Url = "https://a.example/v1", Model = "asked" },
            EndpointVariables.Settings(EndpointRole.Target, url: null, model: "asked", environment));
    }

    [Fact]
    public void A_roles_own_variables_make_it_remote_and_what_was_given_wins()
    {
        var environment = Environment(
            ("SEAS_JUDGE_BASE_URL", " https://b.example/v1/ "), ("SEAS_JUDGE_MODEL", "guard"), ("OPENAI_MODEL", "other"));

        Assert.Equal(
            new EndpointSettings { Url = "https://b.example/v1", Model = "guard" },
            EndpointVariables.Settings(EndpointRole.Judge, url: null, model: null, environment));
        Assert.Equal(
            new EndpointSettings { Url = "http://c.example/v1", Model = "guard" },
            EndpointVariables.Settings(EndpointRole.Judge, "http://c.example/v1", model: null, environment));
        Assert.Null(EndpointVariables.Settings(EndpointRole.Red, url: null, model: null, environment));
    }

    [Theory]
    [InlineData("https://api.openai.com/v1", null, true)]
    [InlineData("http://api.openai.com/v1", null, false)]
    [InlineData("http://127.0.0.1:8000/v1", null, false)]
    [InlineData("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/other", true)]
    [InlineData("http://127.0.0.1:8001/v1", "http://127.0.0.1:8000/v1", false)]
    [InlineData("https://api.openai.com/v1", "http://127.0.0.1:8000/v1", false)]
    public void The_general_key_goes_only_to_the_server_that_it_is_for(string url, string? general, bool isSent)
    {
        var key = EndpointKey.Find(EndpointRole.Target, url, Environment(("OPENAI_API_KEY", "general"), ("OPENAI_BASE_URL", general)));

        Assert.Equal(isSent ? "Bearer general" : null, Sent(key, url));
    }

    [Fact]
    public void A_roles_own_key_goes_before_the_general_one_and_to_no_other_role()
    {
        var environment = Environment(("OPENAI_API_KEY", "general"), ("SEAS_TARGET_API_KEY", "own"));

        Assert.Equal("Bearer own", Sent(EndpointKey.Find(EndpointRole.Target, "https://api.openai.com/v1", environment)));
        Assert.Equal("Bearer general", Sent(EndpointKey.Find(EndpointRole.Judge, "https://api.openai.com/v1", environment)));
        Assert.Equal("[key]", EndpointKey.Find(EndpointRole.Target, "https://api.openai.com/v1", environment).ToString());
    }

    [Theory]
    [InlineData("ftp://a.example/v1", "expected the address")]
    [InlineData("a.example/v1", "expected the address")]
    [InlineData("", "expected the address")]
    [InlineData("https://me:secret@a.example/v1", "holds a user")]
    [InlineData("https://a.example/v1?api-key=secret", "a query")]
    [InlineData("me:secret@a.example", "(not shown)")]
    public void An_address_that_cannot_be_used_is_refused_without_repeating_what_may_be_secret(string url, string said)
    {
        var plan = Presets.Plan("smoke", 1) with { Endpoints = new EndpointPlan { Target = new() { Url = url, Model = "m" } } };

        var problem = Assert.Single(RunPlanValidation.Problems(plan));

        Assert.Contains(said, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_with_an_endpoint_is_said_at_once()
    {
        var plan = Presets.Plan("smoke", 1) with
        {
            GuardFormat = "made-up",
            Endpoints = new EndpointPlan
            {
                Judge = new() { Url = "http://a.example", Concurrency = 0, TimeoutSeconds = 0, Retries = 99 },
            },
        };

        var problems = RunPlanValidation.Problems(plan).ToList();

        Assert.Equal(5, problems.Count);
        Assert.Contains(problems, problem => problem.Contains("without a model", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("llama-guard-2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_without_endpoints_keeps_its_hash_and_one_with_them_has_its_own()
    {
        var plan = Presets.Plan("smoke", 1);
        var remote = plan with { Endpoints = new EndpointPlan { Judge = new() { Url = "http://a.example/v1", Model = "m" } } };

        Assert.NotEqual(RunPlanText.Hash(plan), RunPlanText.Hash(remote));
        Assert.NotEqual(RunPlanText.Hash(plan), RunPlanText.Hash(plan with { GuardFormat = "llama-guard-2" }));
        Assert.Equal(remote, RunPlanText.Read(RunPlanText.Write(remote)) with
        {
            TargetUpdate = remote.TargetUpdate, EvaluationSets = remote.EvaluationSets, RedInitialization = remote.RedInitialization,
        });
    }

    private static Func<string, string?> Environment(params (string Name, string? Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;

    private static string? Sent(EndpointKey key, string url = "https://a.example/v1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        key.Sign(request);
        return request.Headers.Authorization?.ToString();
    }
}
