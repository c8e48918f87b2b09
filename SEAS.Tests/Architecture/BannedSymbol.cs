using System.Text.RegularExpressions;
using SEAS.Data.Contracts;
using SEAS.Tests.Support;
using SEAS.Training.Text.Templates.Reading;
using SEAS.Web.Live;

namespace SEAS.Tests.Architecture;

/// <summary>One line of BannedSymbols.txt.</summary>
/// <param name="Call">A method by its full name, looked for in compiled code; null for a pattern.</param>
/// <param name="Pattern">Matched against code without comments and strings; matches nothing for a call.</param>
/// <param name="Instead">What to use instead, and why.</param>
/// <param name="Allowed">Folders in which it may be used.</param>
internal sealed record BannedSymbol(string? Call, Regex Pattern, string Instead, IReadOnlyList<string> Allowed)
{
    public static IReadOnlyList<BannedSymbol> All { get; } = Read(Repository.Read("BannedSymbols.txt"));

    public static IReadOnlyList<BannedSymbol> Read(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(Parse)];

    public IEnumerable<string> UsesIn(SourceFile file)
    {
        if (Allowed.Any(file.IsUnder))
        {
            return [];
        }

        var code = file.Code;
        return Pattern.Matches(code).Select(match =>
            $"{file.Path}:{code.AsSpan(0, match.Index).Count('\n') + 1}: {match.Value}. Instead: {Instead}");
    }

    public IEnumerable<string> CallsIn(Type type) =>
        TypeUses.CallsOf(type).Where(method => Call == $"{method.DeclaringType?.Namespace}.{method.DeclaringType?.Name}.{method.Name}")
            .Select(_ => $"{type.FullName} calls {Call}. Instead: {Instead}");

    private static BannedSymbol Parse(string line)
    {
        var parts = line.Split(" ; ");
        var call = parts[0].StartsWith("call ", StringComparison.Ordinal) ? parts[0]["call ".Length..] : null;
        return parts.Length is 2 or 3
            ? new BannedSymbol(
                call,
                new Regex(call is null ? parts[0] : "(?!)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)),
                parts[1],
                parts.Length == 3 ? parts[2].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [])
            : throw new FormatException($"A line of BannedSymbols.txt should be 'pattern ; instead [; folders]' but is: {line}");
    }
}
