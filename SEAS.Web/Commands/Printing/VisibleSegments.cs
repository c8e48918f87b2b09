using SEAS.Data.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SEAS.Web.Commands;

/// <summary>Makes visible what would act on a terminal in the texts of tables and bars, and leaves the codes that draw them.</summary>
internal sealed class VisibleSegments : IRenderHook
{
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(drawn => new Drawn(drawn));

    private sealed class Drawn(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth).Select(segment =>
            segment.IsControlCode || segment.IsLineBreak ? segment : new Segment(Shown.Visibly(segment.Text), segment.Style));
    }
}
