using SEAS.Training.Text.Templates.Values;

namespace SEAS.Training.Text.Chat;

/// <summary>Chat formats by name, for model folders that do not say how they want to be talked to.</summary>
/// <remarks>Written after the published descriptions of each format. A folder's own template goes before all of these.</remarks>
public static class BuiltInTemplates
{
    private const string ChatMl = """
        {%- for message in messages %}
        {{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}
        {%- endfor %}
        {%- if add_generation_prompt %}
        {{- '<|im_start|>assistant\n' }}
        {%- endif %}
        """;

    private const string Zephyr = """
        {%- for message in messages %}
        {{- '<|' + message.role + '|>\n' + message.content + eos_token + '\n' }}
        {%- endfor %}
        {%- if add_generation_prompt %}
        {{- '<|assistant|>\n' }}
        {%- endif %}
        """;

    private const string Llama3 = """
        {{- bos_token }}
        {%- for message in messages %}
        {{- '<|start_header_id|>' + message.role + '<|end_header_id|>\n\n' + message.content | trim + '<|eot_id|>' }}
        {%- endfor %}
        {%- if add_generation_prompt %}
        {{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}
        {%- endif %}
        """;

    // The system's words stand inside the first user's turn.
    private const string Llama2 = """
        {%- set space = namespace(system='') %}
        {%- for message in messages %}
        {%- if message.role == 'system' %}
        {%- set space.system = '<<SYS>>\n' + message.content + '\n<</SYS>>\n\n' %}
        {%- elif message.role == 'user' %}
        {{- bos_token + '[INST] ' + space.system + message.content | trim + ' [/INST]' }}
        {%- set space.system = '' %}
        {%- else %}
        {{- ' ' + message.content | trim + ' ' + eos_token }}
        {%- endif %}
        {%- endfor %}
        """;

    private const string Mistral = """
        {{- bos_token }}
        {%- set space = namespace(system='') %}
        {%- for message in messages %}
        {%- if message.role == 'system' %}
        {%- set space.system = message.content + '\n\n' %}
        {%- elif message.role == 'user' %}
        {{- '[INST] ' + space.system + message.content + ' [/INST]' }}
        {%- set space.system = '' %}
        {%- else %}
        {{- ' ' + message.content | trim + eos_token }}
        {%- endif %}
        {%- endfor %}
        """;

    private static readonly Dictionary<string, string> s_sources = new(StringComparer.Ordinal)
    {
        ["chatml"] = ChatMl,
        ["llama2"] = Llama2,
        ["llama3"] = Llama3,
        ["mistral"] = Mistral,
        ["zephyr"] = Zephyr,
    };

    /// <summary>The names.</summary>
    public static IReadOnlyCollection<string> Names => s_sources.Keys;

    /// <summary>A format's template, in the language Jinja.</summary>
    /// <exception cref="ChatTemplateException">There is no format of that name.</exception>
    public static string Find(string name) => s_sources.TryGetValue(name, out var source) ? source : throw new ChatTemplateException(
        $"There is no chat format '{name}'. Known are {string.Join(", ", Names)}, or the path of a template file.");

    /// <summary>The template that a person chose, by name or by the path of a file.</summary>
    /// <exception cref="ChatTemplateException">It is neither.</exception>
    public static string Resolve(string choice) => !s_sources.ContainsKey(choice) && File.Exists(choice)
        ? File.ReadAllText(choice)
        : Find(choice);
}
