using System.Reflection;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.World;

namespace SEAS.Tests.Architecture;

/// <summary>Who may name whom: docs/architecture.md, "The picture".</summary>
public sealed class DirectionTests
{
    private static readonly Assembly s_data = typeof(RunId).Assembly;
    private static readonly Assembly s_training = typeof(RandomStream).Assembly;

    // What learns and generates. It is told what to do and reports through callbacks: no rows, no requests, no pages.
    private static readonly string[] s_engine = ["TorchSharp", "SEAS.Training.Engine"];

    // Text, files of models, guards and measures: what works without a run.
    private static readonly string[] s_aroundTheEngine =
    [
        "SEAS.Training.Text", "SEAS.Training.ModelFiles", "SEAS.Training.Guards", "SEAS.Training.Measures", "SEAS.Training.Lab.Benchmarks",
    ];

    private static readonly Rule<Type> s_dataNamesNobody = MayNotName(
        "SEAS.Data names neither training nor pages",
        "SEAS.Training", "SEAS.Web", "TorchSharp", "Microsoft.AspNetCore", "Radzen");

    private static readonly Rule<Type> s_domainIsPlain = MayNotName(
        "The domain is plain records: no SQL, no mapping",
        "Dapper", "Microsoft.Data", "SEAS.Data.Runs", "SEAS.Data.Storage", "SEAS.Data.Attacks", "SEAS.Data.Datasets");

    private static readonly Rule<Type> s_trainingNamesNoPage = MayNotName(
        "SEAS.Training names no page",
        "SEAS.Web", "Radzen", "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.SignalR");

    private static readonly Rule<Type> s_engineIsAlone = MayNotName(
        "The engine names no data, no SQL, no HTTP, no page and no run",
        "SEAS.Data", "Dapper", "Microsoft.Data", "System.Net.Http", "Microsoft.AspNetCore", "Microsoft.Extensions", "SEAS.Web",
        "SEAS.Training.Text", "SEAS.Training.ModelFiles", "SEAS.Training.Guards", "SEAS.Training.Measures", "SEAS.Training.Endpoints",
        "SEAS.Training.World", "SEAS.Training.Inputs", "SEAS.Training.Runs", "SEAS.Training.Hosting", "SEAS.Training.Lab",
        "SEAS.Training.Pairing", "SEAS.Training.Review", "SEAS.Training.Memory", "SEAS.Training.Serving", "SEAS.Training.Lineage");

    private static readonly Rule<Type> s_runless = MayNotName(
        "Text, model files, guards and measures name no store and no run",
        "SEAS.Data.Storage", "SEAS.Data.Runs", "Dapper", "Microsoft.Data", "Microsoft.AspNetCore", "SEAS.Web",
        "SEAS.Training.World", "SEAS.Training.Inputs", "SEAS.Training.Runs", "SEAS.Training.Hosting");

    private static readonly Rule<Type> s_noWorld = MayNotName(
        "Runs, pairing, review and measures know no world: they read what a run is given through IRunInputs", "SEAS.Training.World");

    [Fact]
    public void Data_names_nobody() => s_dataNamesNobody.AssertHolds(TypesOf(s_data), atLeast: 30);

    [Fact]
    public void Contracts_are_plain() => s_domainIsPlain.AssertHolds(Within(s_data, "SEAS.Data.Contracts"), atLeast: 50);

    [Fact]
    public void Training_names_no_page() => s_trainingNamesNoPage.AssertHolds(TypesOf(s_training), atLeast: 50);

    [Fact]
    public void The_engine_stands_alone() => s_engineIsAlone.AssertHolds(Within(s_training, s_engine), atLeast: 100);

    [Fact]
    public void What_works_without_a_run_names_none() => s_runless.AssertHolds(Within(s_training, s_aroundTheEngine), atLeast: 100);

    [Fact]
    public void The_loop_knows_no_world() => s_noWorld.AssertHolds(
        Within(
            s_training, "SEAS.Training.Runs", "SEAS.Training.Pairing", "SEAS.Training.Review", "SEAS.Training.Measures",
            "SEAS.Training.Lineage", "SEAS.Training.Hosting"),
        atLeast: 100);

    [Fact]
    public void A_run_that_names_a_world_is_noticed() =>
        Assert.Throws<RuleBroken>(() => s_noWorld.AssertHolds([typeof(PlantedWorld)], atLeast: 1));

    [Fact]
    public void No_assembly_refers_against_the_direction()
    {
        var rule = new Rule<(Assembly From, string To)>(
            "References go Web → Training → Data",
            pair => pair.From.GetReferencedAssemblies().Any(name => name.Name == pair.To)
                ? [$"{pair.From.GetName().Name} → {pair.To}"]
                : []);

        rule.AssertHolds([(s_data, "SEAS.Training"), (s_data, "SEAS.Web"), (s_training, "SEAS.Web")], atLeast: 3);
        Assert.Throws<RuleBroken>(() => rule.AssertHolds([(typeof(DirectionTests).Assembly, "SEAS.Data")], atLeast: 1));
    }

    [Fact]
    public void A_type_that_names_a_page_in_its_code_is_noticed() =>
        Assert.Throws<RuleBroken>(() => s_dataNamesNobody.AssertHolds([typeof(PlantedCall)], atLeast: 1));

    [Fact]
    public void A_type_that_names_sql_in_a_field_is_noticed() =>
        Assert.Throws<RuleBroken>(() => s_engineIsAlone.AssertHolds([typeof(PlantedField)], atLeast: 1));

    [Fact]
    public void A_type_that_names_a_page_inside_a_closure_is_noticed() =>
        Assert.Throws<RuleBroken>(() => s_trainingNamesNoPage.AssertHolds(
            [.. typeof(PlantedClosure).GetNestedTypes(BindingFlags.NonPublic), typeof(PlantedClosure)], atLeast: 1));

    private static Rule<Type> MayNotName(string text, params string[] spaces) => new(
        text,
        type => TypeUses.Of(type).Where(used => spaces.Any(space => IsIn(used, space)))
            .Select(used => $"{type.FullName} names {used.FullName}"));

    private static bool IsIn(Type type, string space) =>
        type.Namespace is { } own && (own == space || own.StartsWith(space + ".", StringComparison.Ordinal));

    private static List<Type> TypesOf(Assembly assembly) => [.. assembly.GetTypes()];

    private static List<Type> Within(Assembly assembly, params string[] spaces) =>
        [.. assembly.GetTypes().Where(type => spaces.Any(space => IsIn(type, space)))];

    private static class PlantedCall
    {
        public static object Open() => new SEAS.Web.Settings.SettingsException("planted", []);
    }

    private sealed class PlantedField
    {
        public Microsoft.Data.Sqlite.SqliteException? Fault { get; init; }
    }

    private static class PlantedClosure
    {
        public static Func<object> Later(string what) => () => new SEAS.Web.Settings.SettingsException(what, []);
    }

    private static class PlantedWorld
    {
        public static bool Ask(string prompt) => SEAS.Training.World.Truth.AsksHarm(prompt);
    }
}
