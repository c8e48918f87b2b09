using SEAS.Training.Serving;

namespace SEAS.Web.Serving;

/// <summary>The models that are served, by the names that programs call them.</summary>
internal interface IModelCatalog
{
    /// <summary>Names, and since when each is there.</summary>
    IReadOnlyList<(string Name, DateTimeOffset CreatedUtc)> Names { get; }

    /// <summary>A model by its name; null if there is none.</summary>
    ModelServer? Find(string name);
}

/// <summary>One folder, served under one name.</summary>
internal sealed class SingleModel(string name, ModelServer server, DateTimeOffset createdUtc) : IModelCatalog
{
    public IReadOnlyList<(string Name, DateTimeOffset CreatedUtc)> Names { get; } = [(name, createdUtc)];

    public ModelServer? Find(string wanted) => string.Equals(wanted, name, StringComparison.Ordinal) ? server : null;
}
