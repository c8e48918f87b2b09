using SEAS.Training.Runs.Context;

namespace SEAS.Training.Engine.Models;

/// <summary>A tensor has another shape than the code was written for.</summary>
/// <param name="name">The expression that was checked.</param>
/// <param name="expected">The shape the code needs; -1 stands for any length.</param>
/// <param name="found">The shape it was given.</param>
public sealed class ShapeMismatchException(string name, IReadOnlyList<long> expected, IReadOnlyList<long> found)
    : Exception(
        $"{name} should have shape {Shape.Format(expected)} but has {Shape.Format(found)}. " +
        "Shapes are listed in docs/notation.md; the usual cause is a batch collated for another objective.");
