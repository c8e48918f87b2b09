using System.Text;
using SEAS.Data.Text;

namespace SEAS.Web.Commands;

/// <summary>Passes text on with everything in it made visible that would act on a terminal.</summary>
/// <param name="output">Where it goes.</param>
internal sealed class VisibleWriter(TextWriter output) : TextWriter(output.FormatProvider)
{
    public override Encoding Encoding => output.Encoding;

    public override void Write(char value) => Shown.WriteVisibly([value], output);

    public override void Write(char[] buffer, int index, int count) => Shown.WriteVisibly(buffer.AsSpan(index, count), output);

    public override void Write(ReadOnlySpan<char> buffer) => Shown.WriteVisibly(buffer, output);

    public override void Write(string? value) => Shown.WriteVisibly(value, output);

    // One piece with its line's end, so that lines of several threads do not mix.
    public override void WriteLine(string? value) => output.Write(Shown.Visibly(value ?? "") + NewLine);

    public override void Flush() => output.Flush();
}
