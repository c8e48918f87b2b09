using System.Reflection;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;

namespace SEAS.Tests.Architecture;

/// <summary>One place calls other servers, so that one place has to be looked at.</summary>
public sealed class NetworkTests
{
    private static readonly Rule<Type> s_calls = new(
        "Only SEAS.Training.Endpoints calls other servers",
        type => TypeUses.Of(type).Where(used => used.Namespace is { } space
                && (space.StartsWith("System.Net.Http", StringComparison.Ordinal) || space == "System.Net.Sockets"))
            .Select(used => $"{type} → {used}").Distinct());

    [Fact]
    public void Only_endpoints_call_other_servers() => s_calls.AssertHolds(
        [.. Types(typeof(RunId).Assembly).Concat(Types(typeof(RandomStream).Assembly))
            .Where(type => type.Namespace != "SEAS.Training.Endpoints")],
        atLeast: 400);

    [Fact]
    public void A_type_that_calls_is_noticed() =>
        Assert.Throws<RuleBroken>(() => s_calls.AssertHolds([typeof(PlantedCall)], atLeast: 1));

    private static IEnumerable<Type> Types(Assembly assembly) => assembly.GetTypes();

    private sealed class PlantedCall
    {
        public static HttpClient Open() => new();
    }
}
