using SEAS.Data.Contracts;

namespace SEAS.Web.Live;

/// <summary>What a person can do to runs from the dashboard.</summary>
public interface IRunControl
{
    /// <summary>What can be started.</summary>
    IReadOnlyList<PresetView> Presets { get; }

    /// <summary>The models that a new run reaches through a server, a sentence each; empty if it has all of them here.</summary>
    IReadOnlyList<string> Elsewhere { get; }

    /// <summary>Puts a new run into the queue.</summary>
    /// <param name="preset">What is started.</param>
    /// <param name="seed">Everything random derives from it.</param>
    /// <param name="evaluation">Imported evaluation sets that every target is measured on, by name; null for none.</param>
    RunId Start(string preset, long seed, IReadOnlyList<string>? evaluation = null);

    /// <summary>Ends a run at its next safe place; what it has done is kept.</summary>
    void Stop(RunId run);

    /// <summary>Goes on with a stopped or failed run.</summary>
    void Resume(RunId run);

    /// <summary>Lets a round that waits for labels go on with those that there are; false when none waits.</summary>
    bool GoOn(RunId run, string who);

    /// <summary>Does one round of a run again without labels, as a run of its own.</summary>
    RunId Branch(RunId parent, int round);
}

/// <summary>A preset as a person chooses it.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Text">What it does and how long it takes.</param>
public sealed record PresetView(string Name, string Text);

/// <summary>A run that a person asks for.</summary>
/// <param name="Preset">The preset.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Evaluation">Imported evaluation sets that it measures, by name.</param>
public sealed record WantedRun(string Preset, long Seed, IReadOnlyList<string> Evaluation);
