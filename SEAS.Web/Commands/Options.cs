using System.CommandLine;
using System.Globalization;
using System.Numerics;
using SEAS.Training.Text.Chat;

namespace SEAS.Web.Commands;

/// <summary>The kinds of options that the verbs have.</summary>
internal static class Options
{
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    public static Option<string> Text(string name, string valueName, string standard, string description) =>
        new(name) { Description = description, HelpName = valueName, DefaultValueFactory = _ => standard };

    /// <summary>A chat format by choice.</summary>
    public static Option<string?> Chat(string name, string whose) => new(name)
    {
        Description = $"Chat format of {whose} in place of its folder's: {string.Join(", ", BuiltInTemplates.Names)} or a template.",
        HelpName = "NAME",
    };

    public static Option<DirectoryInfo?> Folder(string name, string description) =>
        new(name) { Description = description, HelpName = "DIR" };

    /// <summary>Where an adapter's base lies.</summary>
    public static Option<DirectoryInfo?> Base() =>
        Folder("--base", "Where the base of an adapter's folder lies, if not where the adapter says.");

    public static Option<FileInfo?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    /// <summary>A number with a default and a range; both ends belong to the range, and it is checked while the line is read.</summary>
    public static Option<T> Number<T>(string name, T standard, T least, T most, string description)
        where T : struct, INumber<T>
    {
        var option = new Option<T>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Errors.Any())
            {
                return;
            }

            var value = result.GetValueOrDefault<T>();
            if (!(value >= least && value <= most))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, expected {least} to {most}."));
            }
        });
        return option;
    }
}
