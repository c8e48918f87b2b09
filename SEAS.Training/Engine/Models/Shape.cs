using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>Stops with names and numbers when a shape is wrong. FixedModelReuse on in Release: a wrong shape is never cheap.</summary>
internal static class Shape
{
    /// <summary>Stands for a dimension of any length.</summary>
    public const long Any = -1;

    /// <param name="tensor">The tensor to check.</param>
    /// <param name="expected">One length per dimension; <see cref="Any"/> accepts every length.</param>
    /// <param name="name">Filled in by the compiler: the expression the caller passed.</param>
    /// <exception cref="ShapeMismatchException">The tensor has another shape.</exception>
    public static void Require(Tensor tensor, long[] expected, [CallerArgumentExpression(nameof(tensor))] string name = "")
    {
        var found = tensor.shape;
        var fits = found.Length == expected.Length
            && found.Zip(expected).All(pair => pair.Second == Any || pair.First == pair.Second);
        if (!fits)
        {
            throw new ShapeMismatchException(name, expected, found);
        }
    }

    /// <summary>Writes a shape the way people read one: <c>(4, any, 32)</c>.</summary>
    public static string Format(IReadOnlyList<long> shape) =>
        $"({string.Join(", ", shape.Select(length => length == Any ? "any" : length.ToString(CultureInfo.InvariantCulture)))})";
}

/// <summary>A tensor has another shape than the code was written for.</summary>
/// <param name="name">The expression that was checked.</param>
/// <param name="expected">The shape the code needs; -1 stands for any length.</param>
/// <param name="found">The shape it was given.</param>
public sealed class ShapeMismatchException(string name, IReadOnlyList<long> expected, IReadOnlyList<long> found)
    : Exception(
        $"{name} should have shape {Shape.Format(expected)} but has {Shape.Format(found)}. " +
        "Shapes are listed in docs/notation.md; the usual cause is a batch collated for another objective.");
