using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SEAS.Tests.Lineage;

namespace SEAS.Tests.Web.Lineage;

/// <summary>The dashboard over the store of a traced run.</summary>
internal static class TracedHost
{
    public static Task<DashboardHost> StartAsync(TracedRun traced) =>
        DashboardHost.StartAsync(replace: services => services.Replace(ServiceDescriptor.Singleton(traced.Store)));
}
