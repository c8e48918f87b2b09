using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SEAS.Web.Commands;

namespace SEAS.Tests.Browser;

/// <summary>What axe finds wrong with a page as it stands.</summary>
internal static class Axe
{
    public static async Task<IEnumerable<string>> ViolationsAsync(IPage page, string where)
    {
        // The title is written again when the page becomes interactive; for an instant there is none.
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex("SEAS", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var result = await page.RunAxe();
        return result.Violations.Select(violation =>
            $"{where}: {violation.Id} ({violation.Impact}) at {string.Join(" | ", violation.Nodes.Take(4).Select(Describe))}");
    }

    private static string Describe(AxeResultNode node) =>
        $"{node.Target} {node.Html} {string.Join("; ", node.Any.Select(check => check.Message))}";
}
