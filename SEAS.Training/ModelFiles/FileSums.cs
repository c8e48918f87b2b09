namespace SEAS.Training.ModelFiles;

/// <summary>The checksums of a model folder's files beside its weights: a tokenizer with two ids swapped gives other figures, too.</summary>
internal static class FileSums
{
    // What is read where it is there: such a file that came later changes what a model does.
    private static readonly string[] s_read =
    [
        FolderFields.Config, FolderFields.Tokenizer, "tokenizer.model", "tokenizer_config.json", "chat_template.jinja", "generation_config.json",
        "model.safetensors.index.json",
    ];

    /// <summary>SHA-256 of every file below a folder but its weights and its manifest, by its path there with slashes.</summary>
    public static SortedDictionary<string, string> Of(string folder)
    {
        var sums = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (name is not (WeightFiles.Single or CheckpointManifest.FileName))
            {
                sums.Add(name, WeightsChecksum.OfFile(path));
            }
        }

        return sums;
    }

    /// <summary>SHA-256 of the files that loading a model folder reads, its weights among them; of an adapter, those of its base too.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="sum">The checksum of one file.</param>
    /// <exception cref="CheckpointException">There are no weights in it.</exception>
    public static Dictionary<string, string> Read(string folder, Func<string, string> sum)
    {
        try
        {
            var files = s_read.Select(name => Path.Combine(folder, name)).Where(File.Exists);
            if (!PeftFolder.IsOne(folder))
            {
                return files.Concat(WeightFiles.Paths(folder)).Distinct(StringComparer.Ordinal).ToDictionary(path => Path.GetFileName(path), sum);
            }

            var sums = files.Concat([Path.Combine(folder, PeftConfig.FileName), Path.Combine(folder, PeftFolder.Weights)])
                .ToDictionary(path => Path.GetFileName(path), sum);
            foreach (var (name, found) in Read(PeftFolder.BaseOf(folder), sum))
            {
                sums.Add($"base/{name}", found);
            }

            return sums;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The model folder {folder} cannot be read: {error.Message} Restore it from a copy.", error);
        }
    }

    /// <summary>Refuses a folder whose files are not those that were saved.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="expected">What <see cref="Of"/> said when it was saved.</param>
    /// <exception cref="CheckpointException">Files are missing, others, or came later; all of them in one message.</exception>
    public static void Require(string folder, IReadOnlyDictionary<string, string> expected)
    {
        var problems = expected.OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => Problem(Path.Combine(folder, file.Key), file.Value))
            .Concat(s_read.Where(name => !expected.ContainsKey(name) && File.Exists(Path.Combine(folder, name)))
                .Select(name => $"{Path.Combine(folder, name)} should not be there: the model was saved without it."))
            .OfType<string>().ToList();
        if (problems.Count > 0)
        {
            throw new CheckpointException(
                $"The model folder {folder} is damaged: {string.Join(' ', problems)} Restore it from a copy. If a run made it, the same plan with the "
                + "same seed makes it again as a run of its own.");
        }
    }

    private static string? Problem(string path, string expected)
    {
        try
        {
            return WeightsChecksum.OfFile(path) is var found && found == expected
                ? null : $"the SHA-256 of {path} should be {expected} (manifest.json) but is {found}.";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{path} should be there with the SHA-256 {expected} but cannot be read ({error.Message})";
        }
    }
}
