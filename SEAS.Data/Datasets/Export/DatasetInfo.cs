using System.Text.Json;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary><c>dataset_info.json</c>: tells LLaMA-Factory which file is of which form, and which column is what.</summary>
internal static class DatasetInfo
{
    private const string Name = "llamafactory/dataset_info.json";

    private static readonly (string Column, string Of)[] s_alpaca =
        [("prompt", "instruction"), ("query", "input"), ("chosen", "chosen"), ("rejected", "rejected")];

    private static readonly (string Column, string Of)[] s_shareGpt =
        [("messages", "conversations"), ("chosen", "chosen"), ("rejected", "rejected")];

    private static readonly (string Column, string Of)[] s_kto =
        [("prompt", "instruction"), ("query", "input"), ("response", "output"), ("kto_tag", "kto_tag")];

    /// <summary>For the files of these formats.</summary>
    public static ExportEntry Entry(params ExportFormat[] formats) => new(Name, [], (source, output) =>
    {
        output.Json((source.Version.Version, formats), static (json, item) => Write(json, item.Version, item.formats));
        output.Write("\n"u8);
    });

    private static void Write(Utf8JsonWriter json, DatasetVersion version, ExportFormat[] formats)
    {
        var prefix = FormattableString.Invariant($"seas_{version.Run}_r{version.Round}");
        json.WriteStartObject();
        foreach (var format in formats)
        {
            switch (format)
            {
                case ExportFormat.LlamaFactoryAlpaca:
                    Dataset(json, $"{prefix}_dpo_target", "dpo_target.json", isRanking: true, s_alpaca);
                    Dataset(json, $"{prefix}_dpo_red", "dpo_red.json", isRanking: true, s_alpaca);
                    break;
                case ExportFormat.LlamaFactoryShareGpt:
                    Dataset(json, $"{prefix}_dpo_target_sharegpt", "dpo_target_sharegpt.json", isRanking: true, s_shareGpt, "sharegpt");
                    Dataset(json, $"{prefix}_dpo_red_sharegpt", "dpo_red_sharegpt.json", isRanking: true, s_shareGpt, "sharegpt");
                    break;
                default:
                    Dataset(json, $"{prefix}_kto", "kto.json", isRanking: false, s_kto);
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static void Dataset(
        Utf8JsonWriter json, string name, string file, bool isRanking, (string Column, string Of)[] columns, string formatting = "alpaca")
    {
        json.WriteStartObject(name);
        json.WriteString("file_name", file);
        json.WriteString("formatting", formatting);
        if (isRanking)
        {
            json.WriteBoolean("ranking", true);
        }

        json.WriteStartObject("columns");
        foreach (var (column, of) in columns)
        {
            json.WriteString(column, of);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
