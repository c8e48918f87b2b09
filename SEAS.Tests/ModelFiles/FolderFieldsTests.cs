using System.Text.Json;
using SEAS.Tests.Support;
using SEAS.Training.ModelFiles;

namespace SEAS.Tests.ModelFiles;

/// <summary>The table of fields against the files of folders.</summary>
public sealed class FolderFieldsTests
{
    [Fact]
    public void A_field_stands_in_one_list_alone() =>
        Assert.All(FolderFields.Files, file => Assert.Equal(FolderFields.Names(file).Distinct().Count(), FolderFields.Names(file).Count()));

    // The names that published configurations of each family carry.
    [Theory]
    [InlineData("_name_or_path architectures attention_bias attention_dropout bos_token_id eos_token_id head_dim hidden_act hidden_size "
        + "initializer_range intermediate_size max_position_embeddings mlp_bias model_type num_attention_heads num_hidden_layers "
        + "num_key_value_heads pretraining_tp rms_norm_eps rope_scaling rope_theta tie_word_embeddings torch_dtype transformers_version "
        + "use_cache vocab_size pad_token_id")]
    [InlineData("architectures sliding_window head_dim hidden_act rope_theta attention_dropout")]
    [InlineData("architectures max_window_layers use_sliding_window sliding_window layer_types dtype rope_parameters attention_bias")]
    [InlineData("architectures no_rope_layers no_rope_layer_interval layer_types pretraining_tp transformers.js_config is_llama_config "
        + "rope_interleaved max_window_layers pad_token_id")]
    public void Published_configurations_hold_no_unknown_field(string names) =>
        Assert.All(names.Split(' '), name => Assert.NotNull(FolderFields.Of(FolderFields.Config, name)));

    [SkippableFact]
    public void Folders_at_hand_hold_no_unknown_field()
    {
        var shared = SharedData.Require("cases");
        var looked = 0;
        foreach (var path in Directory.GetFiles(shared, "*.json", SearchOption.AllDirectories)
            .Where(path => FolderFields.Files.Contains(Path.GetFileName(path))))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            Assert.Equal([], FolderFields.Unknown(Path.GetFileName(path), json.RootElement).Select(field => $"{path}: {field.Name}"));
            looked++;
        }

        Assert.True(looked > 20, $"only {looked} files looked at");
    }

    [Theory]
    [InlineData("embedding_multiplier", "12.0", true)]
    [InlineData("embedding_multiplier", "null", false)]
    [InlineData("my_project_notes", "\"x\"", false)]
    [InlineData("use_qk_norm", "true", true)]
    [InlineData("use_qk_norm", "false", false)]
    public void An_unknown_field_is_refused_where_it_may_change_results(string name, string value, bool refused)
    {
        using var json = JsonDocument.Parse($"{{\"{name}\": {value}}}");
        Assert.Equal(refused, FolderFields.MayChangeResults(json.RootElement.EnumerateObject().Single()));
    }
}
