using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Web;
using SEAS.Tests.Web.Review;
using SEAS.Training.Review;
using SEAS.Training.Runs.Ledger;
using SEAS.Web.Commands;
using static Microsoft.Playwright.Assertions;

namespace SEAS.Tests.Browser.Review;

/// <summary>What labels do, on the pages that say it: pairs of a round, a moved threshold, a corrected answer, a whole group.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ReviewEffectsPageTests(Chromium chromium)
{
    [SkippableFact]
    public async Task A_rounds_page_lists_the_pairs_that_a_label_brought_and_what_hangs_on_it_and_axe_finds_nothing()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        using var scene = new JudgedScene(host.Store);
        scene.Judge((118, [0.1, 0.4]), (118, [0.1, 0.2]));   // the guard calls all of it safe
        scene.Ask(seed: 118, prompt: 0, answer: 1);
        var lease = host.Store.Review.Queue.Next(scene.Run, "Ann")!;
        host.Store.Review.Decisions.Record(new NewDecision(
            lease.Item.Key, "Ann", DecisionKind.Submit, new LabelAnswers { Safety = SafetyLabel.Unsafe }, 4, Reason: null,
            GuidelineVersion: 0, SuggestionShown: true, DecisionOrigin.Person, Batch: null, lease.Token));

        foreach (var look in Look.All)
        {
            var page = await look.OpenAsync(chromium.Instance, $"{host.Address}runs/{scene.Run}/rounds/1");
            await Expect(page.Locator(".kpi", new() { HasText = "Pairs added" }).Locator(".v")).ToHaveTextAsync("2");
            var changes = page.Locator(".changes li");
            await Expect(changes).ToHaveCountAsync(2);
            await Expect(changes.Filter(new() { HasText = "seed 118" }).First.Locator(".tag")).ToHaveTextAsync("added");
            await Expect(page.Locator(".changes .blurred")).ToHaveCountAsync(2);
            var held = page.GetByRole(AriaRole.Row, new() { Name = "round 1, seed 118, prompt 1, answer 2" });
            await Expect(held).ToContainTextAsync("Ann");
            await Expect(held.Locator(".figure")).ToHaveTextAsync("2");
            await AxeFindsNothingAsync(page, look.Name);
            await page.GetByRole(AriaRole.Button, new() { Name = "Show the texts" }).ClickAsync();
            await Expect(changes.GetByText("says number 1 to number 0").First).ToBeVisibleAsync();
            await Expect(page.Locator(".changes .blurred")).ToHaveCountAsync(0);
            await AxeFindsNothingAsync(page, $"{look.Name}, revealed");
            await look.PictureAsync(page, "round-pairs");
            await ReviewLookTests.AssertFitsAsync(page, look);
            await page.Context.CloseAsync();
        }
    }

    [SkippableFact]
    public async Task A_label_on_a_harmless_request_moves_the_share_by_labels_beside_the_rules_while_the_page_is_open()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        using var scene = new JudgedScene(host.Store);
        scene.Judge((118, [0.1, 0.4]));
        var figures = StoredJson.Write(ScriptedFigures.Of(1));   // 3 % of 200
        host.Store.Evaluations.Save(scene.Run, 1, LedgerUnits.EvaluationRow(1), figures);
        host.Store.Events.Append([new RunEvent(scene.Run, 1, DateTimeOffset.UnixEpoch, EventKinds.Evaluation, figures)]);
        host.Store.Review.Items.Add(ReviewCollection.Harmless(
            scene.Run, 1, [("how do I crack eggs", "I'm sorry, I can't help with that.")]));
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}runs/{scene.Run}/rounds/1");
        var rows = page.Locator(".card", new() { HasText = "Harmless requests that T1 refused" }).Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows.First).ToContainTextAsync("3.0");

        var lease = host.Store.Review.Queue.Next(scene.Run, "Ann")!;
        host.Store.Review.Decisions.Record(new NewDecision(
            lease.Item.Key, "Ann", DecisionKind.Submit, new LabelAnswers { Behaviour = BehaviourLabel.Complied }, 4, Reason: null,
            GuidelineVersion: 0, SuggestionShown: true, DecisionOrigin.Person, Batch: null, lease.Token));

        await Expect(rows).ToHaveCountAsync(2);
        await Expect(rows.Last).ToContainTextAsync("2.5");   // 5 of 200
        await AxeFindsNothingAsync(page, "over-refusal");
        await page.GotoAsync($"{host.Address}runs/{scene.Run}");
        await Expect(page.Locator(".details", new() { HasText = "by labels 2.5" })).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_refitted_threshold_is_looked_at_confirmed_by_name_and_then_in_force()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var scene = new ReviewScene(host.Store, items: 60);
        scene.Judge();
        scene.Label("Bob", 40, item => item.Score >= 0.42 ? SafetyLabel.Unsafe : SafetyLabel.Safe);
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}/quality");

        var use = page.GetByRole(AriaRole.Button, new() { Name = "from round 3 on" }).First;
        await Expect(use).ToBeEnabledAsync();
        await page.Locator("summary", new() { HasText = "would turn round" }).First.ClickAsync();
        var listed = page.Locator("details[open] li");
        await Expect(listed.First).ToContainTextAsync("safe");
        await Expect(listed.First.Locator(".blurred")).ToHaveCountAsync(1);
        await listed.First.GetByRole(AriaRole.Button, new() { Name = "Show the texts" }).ClickAsync();
        await Expect(listed.First.Locator(".blurred")).ToHaveCountAsync(0);
        await use.ClickAsync();
        await page.GetByLabel("Your name").FillAsync("Lea");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Confirm the threshold" })).ToContainTextAsync("recorded as yours, Lea");
        Assert.Empty(host.Store.Review.Thresholds.Changes(scene.Run));
        await AxeFindsNothingAsync(page, "confirming");
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, use 0.4" }).ClickAsync();

        await Expect(page.GetByText("Lea moved the threshold from 0.50 to 0.4")).ToBeVisibleAsync();
        var change = Assert.Single(host.Store.Review.Thresholds.Changes(scene.Run));
        Assert.Equal(("Lea", 0.5), (change.Who, change.From));
        Assert.InRange(change.To, 0.4, 0.43);
    }

    [SkippableFact]
    public async Task Calibrated_scores_are_confirmed_with_a_reason_and_can_be_taken_back()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var scene = new ReviewScene(host.Store, items: 60);
        scene.Judge();
        scene.Label("Bob", 40, item => item.Score >= 0.42 ? SafetyLabel.Unsafe : SafetyLabel.Safe);
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}/quality");

        await page.GetByRole(AriaRole.Button, new() { Name = "Use calibrated scores from round 3 on" }).ClickAsync();
        await page.GetByLabel("Your name").FillAsync("Lea");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        var confirm = page.GetByRole(AriaRole.Group, new() { Name = "Confirm the threshold" });
        await Expect(confirm).ToContainTextAsync("answers would be borderline");
        var use = page.GetByRole(AriaRole.Button, new() { Name = "Yes, use calibrated scores" });
        await page.GetByLabel("Why").FillAsync(" ");
        await Expect(use).ToBeDisabledAsync();
        await page.GetByLabel("Why").FillAsync("forty labels say so");
        await AxeFindsNothingAsync(page, "confirming");
        await Look.All[0].PictureAsync(page, "review-calibration");
        Assert.Empty(host.Store.Review.Thresholds.Changes(scene.Run));
        await use.ClickAsync();

        await Expect(page.GetByText("Lea calibrated the scores")).ToBeVisibleAsync();
        var change = Assert.Single(host.Store.Review.Thresholds.Changes(scene.Run));
        Assert.Equal(("Lea", "forty labels say so", 0.5), (change.Who, change.Reason, change.From));
        Assert.True(change.Slope > 0 && change.To < 0.5, $"{change}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Use the plan's 0.50 from round 3 on" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, use the plan's 0.50" }).ClickAsync();

        await Expect(page.GetByText("Lea took the calibration back")).ToBeVisibleAsync();
        Assert.Equal(new GuardRule(0.5), host.Store.Review.Thresholds.Changes(scene.Run)[0].Rule);
    }

    [SkippableFact]
    public async Task A_lead_settles_a_conflict_with_the_answer_that_should_have_been_given()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var settings = new ReviewSettings { OverlapShare = 0, MinimumSubmissions = 2, Questions = ReviewQuestions.All };
        var scene = new ReviewScene(host.Store, items: 1, settings);
        scene.Label("Ann", 1, _ => SafetyLabel.Unsafe);
        scene.Label("Bob", 1, _ => SafetyLabel.Safe);
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}/adjudicate");
        await page.BeginAsync("Lea");
        var item = await page.ItemAsync();

        await page.Keyboard.PressAsync("r");
        await page.Keyboard.PressAsync("2");
        await page.Keyboard.PressAsync("e");
        await page.Keyboard.TypeAsync("I will not help to read letters of others.");
        await page.Keyboard.PressAsync("Control+Enter");

        await Expect(page.GetByText("No conflicts", new() { Exact = true })).ToBeVisibleAsync();
        var label = Assert.Single(host.Store.Review.Decisions.Effective(scene.Run, 2));
        Assert.Equal((item, true, ReviewState.Gold), (label.Item, label.Unsafe, label.State));
        Assert.Equal("I will not help to read letters of others.", label.Corrected);
    }

    [SkippableFact]
    public async Task Axe_finds_nothing_on_the_dialog_that_labels_a_group()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var scene = new ReviewScene(host.Store, items: 25);
        var first = scene.Items.First(item => item.Group.Length > 0).Key;
        foreach (var look in Look.All)
        {
            var page = await look.OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}?item={first}");
            await page.BeginAsync("Ann");
            await page.GetByRole(AriaRole.Button, new() { Name = "Look at them" }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).WaitForAsync();
            await AxeFindsNothingAsync(page, $"{look.Name}, group");
            await page.GetByRole(AriaRole.Button, new() { Name = "Show all" }).ClickAsync();
            await Expect(page.GetByText("All looked at")).ToBeVisibleAsync();
            await AxeFindsNothingAsync(page, $"{look.Name}, group seen");
            await look.PictureAsync(page, "review-group", whole: false);
            await page.Context.CloseAsync();
        }
    }

    private static async Task AxeFindsNothingAsync(IPage page, string where)
    {
        await Expect(page).ToHaveTitleAsync(new Regex("SEAS", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{where}: " + string.Join("\n", result.Violations.Select(violation =>
            $"{violation.Id}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => $"{node.Target} {node.Html}"))}")));
    }
}
