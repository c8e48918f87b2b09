using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace SEAS.Tests.Components;

/// <summary>What a reader sees of an element: its text in one line, with plain spaces.</summary>
internal static class ShownText
{
    public static string Shown(this IElement element) => OneLine(element.TextContent);

    public static string Shown<T>(this IRenderedComponent<T> component, string selector) where T : IComponent =>
        component.Find(selector).Shown();

    public static IReadOnlyList<string> AllShown<T>(this IRenderedComponent<T> component, string selector) where T : IComponent =>
        [.. component.FindAll(selector).Select(Shown)];

    /// <summary>Rows of a table, their cells parted by a space, as columns part them on the page.</summary>
    public static IReadOnlyList<string> Rows<T>(this IRenderedComponent<T> component, string selector) where T : IComponent =>
        [.. component.FindAll(selector).Select(row => string.Join(' ', row.Children.Select(Shown)))];

    /// <summary>An attribute of the first element that the selector finds.</summary>
    public static string? Attribute<T>(this IRenderedComponent<T> component, string selector, string name) where T : IComponent =>
        component.Find(selector).GetAttribute(name) is { } value ? OneLine(value) : null;

    // char.IsWhiteSpace holds for the narrow space between a number and its unit, too.
    private static string OneLine(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
