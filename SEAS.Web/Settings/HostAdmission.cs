using Microsoft.AspNetCore.HostFiltering;

namespace SEAS.Web.Settings;

/// <summary>Which requests are answered at all, by the name they call the server.</summary>
internal static class HostAdmission
{
    /// <summary>Admits the names of this address; a request that names no host is refused.</summary>
    public static void Admit(this ListenAddress address, HostFilteringOptions options)
    {
        options.AllowedHosts = [.. address.HostNames];
        options.AllowEmptyHosts = false;
    }
}
