using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SEAS.Web.Components.Pages;

namespace SEAS.Web.Security;

/// <summary>Answers an address whose values cannot be read with 400 and a sentence, before a page or an endpoint is asked.</summary>
/// <remarks>The framework would end a page with an exception and its stack in the log, once for each request.</remarks>
internal sealed class QueryGate(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var problem = context.Request.Query.Count == 0 || context.GetEndpoint() is not { } endpoint ? null
            : Wanted(endpoint).Select(value => Problem(context.Request.Query, value.Name, value.Type)).FirstOrDefault(found => found is not null);
        if (problem is null)
        {
            return next(context);
        }

        IResult answer = context.GetEndpoint()!.Metadata.GetMetadata<ComponentTypeMetadata>() is null
            ? Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "This address cannot be read", detail: problem)
            : new RazorComponentResult<UnreadableAddress>(new { Problem = problem }) { StatusCode = StatusCodes.Status400BadRequest };
        return answer.ExecuteAsync(context);
    }

    /// <summary>The names and types of the values that a page or an endpoint takes from the query.</summary>
    internal static IEnumerable<(string Name, Type Type)> Wanted(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is { } page
            ? page.Type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Select(property => (Property: property, Query: property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()))
                .Where(value => value.Query is not null)
                .Select(value => (value.Query!.Name ?? value.Property.Name, value.Property.PropertyType))
            : (endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
                .SelectMany(parameter => parameter.GetCustomAttribute<AsParametersAttribute>() is not null
                    ? parameter.ParameterType.GetProperties().Select(property => (property.Name, property.PropertyType, Asked: NameIn(property)))
                    : [(parameter.Name!, parameter.ParameterType, NameIn(parameter))])
                .Where(value => (endpoint as RouteEndpoint)?.RoutePattern.GetParameter(value.Asked ?? value.Name) is null)
                .Select(value => (value.Asked ?? value.Name, value.PropertyType));

    /// <summary>Whether values of this type are looked at here, or are texts, of which each is right.</summary>
    internal static bool IsKnown(Type type) => type == typeof(string) || type == typeof(string[]) || Kind(type) is not null;

    private static string? NameIn(ICustomAttributeProvider value) =>
        value.GetCustomAttributes(inherit: false).OfType<FromQueryAttribute>().FirstOrDefault()?.Name;

    private static string? Problem(IQueryCollection query, string name, Type type)
    {
        var optional = Nullable.GetUnderlyingType(type) is not null;
        return Kind(type) is not { } kind ? null
            : query[name].Where(value => !(optional && string.IsNullOrEmpty(value)) && !kind.CanBe(value))
                .Select(value => $"{name} is \"{value}\" in this address, but must be {kind.Words}.").FirstOrDefault();
    }

    private static (Func<string?, bool> CanBe, string Words)? Kind(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var number when number == typeof(int) =>
            (text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _), $"a whole number up to {int.MaxValue}"),
        var number when number == typeof(long) =>
            (text => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _), $"a whole number up to {long.MaxValue}"),
        var truth when truth == typeof(bool) => (text => bool.TryParse(text, out _), "true or false"),
        _ => null,
    };
}
