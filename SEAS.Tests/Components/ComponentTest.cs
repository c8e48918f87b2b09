using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using SEAS.Tests.Storage;

namespace SEAS.Tests.Components;

/// <summary>Draws one component without a server and without a browser, as an interactive page would.</summary>
public abstract class ComponentTest : BunitContext
{
    protected ComponentTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;   // what components ask of a browser is tested in browsers
        Services.AddRadzenComponents();
        Services.AddSingleton<TimeProvider>(new SetClock());
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }
}
