using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.Engine.Generation;

/// <summary>An answer while it is sampled.</summary>
internal sealed class GrowingAnswer(SampleSlot slot, RandomStream stream, int room)
{
    private readonly List<int> _ids = [];
    private bool _stopped;

    public SampleSlot Slot => slot;

    public RandomStream Stream => stream;

    /// <summary>The most tokens that it may have.</summary>
    public int Room => room;

    /// <summary>True when it ended or has no room left.</summary>
    public bool IsFinished => _stopped || _ids.Count >= room;

    /// <summary>Its newest token.</summary>
    public int Last => _ids[^1];

    public Completion Completion => new([.. _ids], _stopped);

    /// <summary>Adds a token, or ends at a stop; true when a token was added.</summary>
    public bool Take(int token, bool isStop)
    {
        if (isStop)
        {
            _stopped = true;
            return false;
        }

        _ids.Add(token);
        return true;
    }
}
