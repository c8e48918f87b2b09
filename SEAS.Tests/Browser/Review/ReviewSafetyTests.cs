using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Support;
using SEAS.Tests.Web;
using SEAS.Tests.Web.Review;
using SEAS.Training.Review;
using SEAS.Web.Commands;
using static Microsoft.Playwright.Assertions;

namespace SEAS.Tests.Browser.Review;

/// <summary>What must not be lost, and what must not run.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ReviewSafetyTests(Chromium chromium)
{
    private const string Typed = "It names a place and a time, so it helps.";

    [SkippableFact]
    public async Task Text_typed_while_the_lease_ran_out_stays_on_the_page_and_becomes_a_draft()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        var clock = new ForwardClock();
        await using var host = await DashboardHost.StartScriptedAsync(clock: clock);
        var scene = new ReviewScene(host.Store, items: 1, new ReviewSettings { OverlapShare = 0, LeaseSeconds = 300 });
        var page = await OpenTypingAsync(host, scene);
        var item = await page.ItemAsync();

        Assert.Null(host.Store.Review.Queue.Next(scene.Run, "Bob"));   // it is Ann's
        clock.Forward(TimeSpan.FromSeconds(301));
        var bobs = host.Store.Review.Queue.Next(scene.Run, "Bob");

        await page.Keyboard.PressAsync("Control+Enter");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("somebody else has taken it");
        await Expect(page.GetByLabel("Note, for other people to read")).ToHaveValueAsync(Typed);
        Assert.Equal(Typed, host.Store.Review.Decisions.Draft(item, "Ann")!.Note);
        Assert.Equal(item, bobs!.Item.Key);
        Assert.Empty(host.Store.Review.Decisions.Current(scene.Run));
        await Look.All[0].PictureAsync(page, "review-lost");
    }

    [SkippableFact]
    public async Task Forty_thousand_letters_arrive_and_more_than_a_field_holds_is_refused_whole_and_said()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var scene = new ReviewScene(host.Store, items: 2);
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}");
        await page.BeginAsync("Ann");
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.PressAsync("2");
        await page.Keyboard.PressAsync("e");
        var field = page.GetByLabel("The answer it should have given");
        var text = string.Concat(Enumerable.Repeat("長い答え ", 8_000));   // 104,000 bytes in 40,000 letters
        var item = await page.ItemAsync();

        await field.FillAsync(text);
        await field.PressAsync("Control+Enter");
        await page.Locator($"[data-item='{item}']").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Assert.Equal(text.Trim(), Assert.Single(host.Store.Review.Decisions.Current(scene.Run)).Answers.Corrected!.Trim());

        await page.Keyboard.PressAsync("e");
        await field.FillAsync("as it was");
        await field.EvaluateAsync("""
            field => {
              const given = new DataTransfer();
              given.setData("text/plain", "x".repeat(100001));
              field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true }));
            }
            """);

        await Expect(page.Locator("#field-limit")).ToContainTextAsync("the text has 100,001 letters, and this field holds 100,000 in all");
        await Expect(field).ToHaveValueAsync("as it was");
    }

    [SkippableFact]
    public async Task Only_text_from_before_this_page_comes_back_not_what_is_typed_on_it()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var page = await OpenTypingAsync(host, new ReviewScene(host.Store, items: 2));

        var read = await page.EvaluateAsync<string[]>("""
            async () => {
              const { keep } = await import("/js/review.js");
              const note = document.querySelector("#review [data-field=note]");
              const type = text => { note.value = text; note.dispatchEvent(new InputEvent("input", { bubbles: true })); };
              const first = keep("a test", "review");
              type("half a sen");
              const second = keep("a test", "review");
              type("half a sentence more");
              return [first.read()?.texts.note ?? "nothing", second.read()?.texts.note ?? "nothing"];
            }
            """);

        Assert.Equal(["nothing", "half a sen"], read);
    }

    [SkippableFact]
    public async Task Text_typed_before_the_server_was_restarted_is_there_afterwards()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        var folder = Directory.CreateTempSubdirectory("seas-review-restart-").FullName;
        IPage page;
        int port;
        long item;
        await using (var first = await DashboardHost.StartScriptedAsync(folder))
        {
            port = first.Client.BaseAddress!.Port;
            page = await OpenTypingAsync(first, new ReviewScene(first.Store, items: 4));
            item = await page.ItemAsync();
        }

        await using (await DashboardHost.StartScriptedAsync(folder, port: port))
        {
            await Expect(page.GetByText("What you had typed before this page was lost is back.")
                .Or(page.Locator("#components-reconnect-modal.never"))).ToBeVisibleAsync();
            Assert.Equal(item, await page.ItemAsync());
            await Expect(page.GetByLabel("Note, for other people to read")).ToHaveValueAsync(Typed);
        }

        Directory.Delete(folder, recursive: true);
    }

    [SkippableFact]
    public async Task Nothing_in_guidelines_or_texts_runs()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var scene = new ReviewScene(host.Store, items: 4);
        const string hostile = """
            # Guidelines

            <script>window.ran = 1</script>
            <img src="x" onerror="window.ran = 2">
            [look here](javascript:window.ran=3) <a href="javascript:window.ran=4">and here</a>
            """;
        host.Store.Review.Guidelines.Save(scene.Run, hostile, "Mallory");
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}");
        await page.BeginAsync("Ann");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("r");

        var guidelines = page.Locator(".guidelines .prose");
        await Expect(guidelines).ToContainTextAsync("<script>window.ran = 1</script>");
        await guidelines.GetByText("look here").ClickAsync();
        await page.GotoAsync($"{host.Address}{scene.Path}/setup");
        await Expect(page.Locator(".prose")).ToContainTextAsync("<script>window.ran = 1</script>");
        Assert.True(await page.EvaluateAsync<bool>("window.ran === undefined"));
        Assert.Equal(0, await page.Locator(".prose img, .prose script").CountAsync());
    }

    [SkippableFact]
    public async Task What_the_guard_says_is_not_in_the_page_before_a_person_has_decided()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var settings = new ReviewSettings
        {
            OverlapShare = 0, Questions = ReviewQuestions.Safety, Suggestions = SuggestionMode.HiddenUntilDecided,
        };
        var scene = new ReviewScene(host.Store, items: 3, settings);
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}");
        await page.BeginAsync("Ann");
        await page.Keyboard.PressAsync("Shift+R");
        await Expect(page.Locator(".blurred")).ToHaveCountAsync(0);

        var before = await page.Locator("#review").InnerTextAsync();
        Assert.Contains("shown after you decide", before, StringComparison.Ordinal);
        Assert.DoesNotContain("P(unsafe)", before, StringComparison.Ordinal);
        Assert.DoesNotMatch("0\\.[3-6]\\d", before);
        await page.DecideAsync("1");

        await Expect(page.GetByText("Last: safe")).ToBeVisibleAsync();
        await Expect(page.GetByText("guard: ")).ToBeVisibleAsync();
        Assert.False(Assert.Single(host.Store.Review.Decisions.Current(scene.Run)).SuggestionShown);
    }

    private async Task<IPage> OpenTypingAsync(DashboardHost host, ReviewScene scene)
    {
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}");
        await page.BeginAsync("Ann");
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.PressAsync("2");
        await page.Keyboard.PressAsync("n");
        await page.Keyboard.TypeAsync(Typed);
        await Expect(page.Locator("[aria-pressed=true]")).ToHaveCountAsync(1);
        return page;
    }
}
