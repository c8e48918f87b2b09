using System.Globalization;

namespace SEAS.Web.Commands;

/// <summary>A line for each twentieth of a fuzz's inputs.</summary>
internal sealed class FuzzProgress(int inputs) : IProgress<int>
{
    public void Report(int value)
    {
        if (value % Math.Max(1, inputs / 20) == 0)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value:N0} of {inputs:N0}"));
        }
    }
}
