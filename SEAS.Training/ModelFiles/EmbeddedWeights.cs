namespace SEAS.Training.ModelFiles;

/// <summary>Where the weights that the project brings along lie: Hugging Face folders beside the program.</summary>
public static class EmbeddedWeights
{
    /// <summary>The base that R0 and T0 are tuned from.</summary>
    public static string Base => Folder("base");

    /// <summary>The guard.</summary>
    public static string Guard => Folder("guard");

    private static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "Embedded", "Weights", name);
}
