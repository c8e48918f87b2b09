namespace SEAS.Training.Engine.Generation;

/// <summary>Names one answer within a wave.</summary>
/// <param name="Request">The wave's request, from 0.</param>
/// <param name="Sample">The request's answer, from 0.</param>
internal readonly record struct SampleSlot(int Request, int Sample);
