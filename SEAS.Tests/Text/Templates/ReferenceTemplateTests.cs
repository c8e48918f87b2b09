using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Tests.Support;
using SEAS.Training.Text.Chat;
using SEAS.Training.Text.Templates;

namespace SEAS.Tests.Text.Templates;

/// <summary>The interpreter beside npm's <c>@huggingface/jinja</c>, template by template.</summary>
/// <remarks>The reference ignores what <c>strip</c> is given, which Python does not, so no template here gives it anything.</remarks>
public sealed class ReferenceTemplateTests
{
    // In the manner of the families that people have: what each of them needs of the language, in one template each.
    private static readonly (string Name, string Source)[] s_templates =
    [
        .. BuiltInTemplates.Names.Select(name => (name, BuiltInTemplates.Find(name))),
        ("alternating roles, refused otherwise", """
            {%- if messages[0]['role'] == 'system' %}
                {%- set system_message = messages[0]['content'] | trim %}
                {%- set loop_messages = messages[1:] %}
            {%- else %}
                {%- set system_message = '' %}{% set loop_messages = messages %}
            {%- endif %}
            {{- bos_token }}
            {%- for message in loop_messages %}
                {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}
                    {{- raise_exception('roles must alternate') }}
                {%- endif %}
                {%- if loop.first and system_message %}{% set content = '<<' + system_message + '>>\n' + message['content'] %}
                {%- else %}{%- set content = message['content'] %}{% endif %}
                {%- if message['role'] == 'user' %}
                    {{- '[INST] ' + content.strip() + ' [/INST]' }}
                {%- elif message['role'] == 'assistant' %}
                    {{- ' ' + content | trim + ' ' + eos_token }}
                {%- endif %}
            {%- endfor %}
            """),
        ("tools, dates and headers", """
            {{- bos_token }}
            {%- if custom_tools is defined %}
                {%- set tools = custom_tools %}
            {%- endif %}
            {%- if not tools_in_user_message is defined %}
                {%- set tools_in_user_message = true %}
            {%- endif %}
            {%- if not date_string is defined %}
                {%- if strftime_now is defined and false %}
                    {%- set date_string = strftime_now("%d %b %Y") %}
                {%- else %}
                    {%- set date_string = "26 Jul 2024" %}
                {%- endif %}
            {%- endif %}
            {%- if not tools is defined %}
                {%- set tools = none %}
            {%- endif %}
            {%- if messages[0]['role'] == 'system' %}
                {%- set system_message = messages[0]['content']|trim %}
                {%- set messages = messages[1:] %}
            {%- else %}
                {%- set system_message = "" %}
            {%- endif %}
            {{- "<|start_header_id|>system<|end_header_id|>\n\n" }}
            {%- if tools is not none %}
                {{- "Environment: ipython\n" }}
            {%- endif %}
            {{- "Today Date: " + date_string + "\n\n" }}
            {{- system_message }}
            {{- "<|eot_id|>" }}
            {%- for message in messages %}
                {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
                    {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' }}
                {%- elif message.role == "tool" or message.role == "ipython" %}
                    {%- if message.content is mapping or message.content is iterable %}{{- message.content | tojson }}{%- endif %}
                {%- endif %}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}
            {%- endif %}
            """),
        ("namespace and last turn", """
            {%- set ns = namespace(found=false, last=-1) %}
            {%- for m in messages[::-1] %}
                {%- set index = (messages|length - 1) - loop.index0 %}
                {%- if not ns.found and m.role == "user" and m.content is string %}
                    {%- set ns.found = true %}{%- set ns.last = index %}
                {%- endif %}
            {%- endfor %}
            {%- for m in messages %}
            {%- if loop.index0 == ns.last %}>>{% endif %}{{ '<|im_start|>' ~ m.role ~ '\n' ~ m.content.lstrip() ~ '<|im_end|>' }}
            {%- if '</think>' in m.content %}{{- m.content.split('</think>')[-1].lstrip() }}{%- endif %}
            {%- if (loop.last or (not loop.last and loop.nextitem.role == "user")) %}.{% endif %}
            {% endfor %}
            {%- if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}
            """),
        ("a guard's categories", """
            {%- set roles = {'user': 'User', 'assistant': 'Agent', 'system': 'System'} %}
            {%- set categories = {'S1': 'Headlines.', 'S2': 'Weather.'} %}
            [INST] Task: check '{{ roles[messages[-1]['role']] }}' for {{ categories | length }} kinds.
            {% for key, text in categories.items() %}
            {{ key }}: {{ text }}
            {% endfor %}
            {%- for message in messages %}
            {%- set content = message['content'] %}

            {{ roles[message['role']] }}: {{ content | trim }}
            {%- endfor %} [/INST]
            """),
        ("default system, filters and a macro", """
            {%- macro turn(role, content) -%}
                <|{{ role | upper }}|>{{ content | replace('\n', ' ') }}<|/{{ role }}|>
            {%- endmacro %}
            {%- if messages[0].role != 'system' %}{{ turn('system', 'You help.') }}{% endif %}
            {%- for m in messages %}{{ turn(m.role, m.content) }}{% endfor %}
            {{- messages | map(attribute='role') | join(',') }}
            {{- ' ' ~ (messages | selectattr('role', 'equalto', 'user') | list | length) }}
            {{- ' ' ~ messages[-1].content[0:3] ~ ('yes' if 'wasps' in messages[-1].content else 'no') }}
            """),
    ];

    private static readonly ChatMessage[][] s_talks =
    [
        [new("user", "Hello")],
        [new("user", "  Two\nlines \"and\" 'quotes' {{ braces }}  "), new("assistant", "Ja, schön. 你好 🐝"), new("user", "wasps?")],
        Render.Talk,
    ];

    [SkippableFact]
    public async Task Every_template_writes_what_the_reference_writes()
    {
        NodeScript.Require("@huggingface/jinja");
        var cases = (from template in s_templates from talk in s_talks from opens in new[] { true, false } select (template, talk, opens))
            .ToList();
        var input = JsonSerializer.Serialize(new
        {
            tokens = Render.Tokens,
            cases = cases.Select(item => new
            {
                template = item.template.Source.ReplaceLineEndings("\n"),
                messages = item.talk.Select(message => new { role = message.Role, content = message.Content }),
                add_generation_prompt = item.opens,
            }),
        });

        var output = await NodeScript.RunAsync("Text/Templates/render-templates.mjs", input);

        var expected = JsonSerializer.Deserialize<string[]>(output)!;

        Assert.Equal(cases.Count, expected.Length);
        foreach (var ((template, talk, opens), text) in cases.Zip(expected))
        {
            Assert.Equal((template.Name, text), (template.Name, Render.Text(template.Source, talk, opens)));
        }
    }
}
