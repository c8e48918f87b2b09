namespace SEAS.Data.Datasets.Export;

/// <summary>What a round's datasets are written as.</summary>
public enum ExportFormat
{
    /// <summary>The frozen files as they are: one JSON object a line, every column.</summary>
    JsonLines,

    /// <summary>The same rows as tables (RFC 4180); cells that a spreadsheet would take for formulas begin with an apostrophe.</summary>
    Csv,

    /// <summary>TRL's preference rows: <c>prompt, chosen, rejected</c> as texts.</summary>
    Trl,

    /// <summary>TRL's preference rows as conversations.</summary>
    TrlConversational,

    /// <summary>LLaMA-Factory's ranking rows in the form of Alpaca, with <c>dataset_info.json</c>.</summary>
    LlamaFactoryAlpaca,

    /// <summary>LLaMA-Factory's ranking rows in the form of ShareGPT, with <c>dataset_info.json</c>.</summary>
    LlamaFactoryShareGpt,

    /// <summary>TRL's unpaired rows: <c>prompt, completion, label</c>, where true is an answer to keep.</summary>
    Kto,

    /// <summary>LLaMA-Factory's unpaired rows with <c>kto_tag</c>, and <c>dataset_info.json</c>.</summary>
    LlamaFactoryKto,

    /// <summary>Conversations to tune on: <c>messages</c>.</summary>
    Messages,

    /// <summary>The round's prompts as seeds of another run: <c>prompt, category</c>.</summary>
    Seeds,

    /// <summary>garak's report and hitlog.</summary>
    Garak,

    /// <summary>A dataset folder for the Hugging Face hub, with its card.</summary>
    HuggingFace,

    /// <summary>Everything above in one zip.</summary>
    All,

    /// <summary>A dataset folder for the Hugging Face hub whose tables are Parquet files, with the columns' types in its card.</summary>
    Parquet,

    /// <summary>The frozen files as lines of JSON, each packed by Zstandard.</summary>
    JsonLinesZstd,
}
