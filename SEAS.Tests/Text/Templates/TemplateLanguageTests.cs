namespace SEAS.Tests.Text.Templates;

public sealed class TemplateLanguageTests
{
    [Theory]
    [InlineData("{{ 1 + 2 * 3 }}", "7")]
    [InlineData("{{ 2 ** 3 ** 1 }}", "8")]
    [InlineData("{{ -7 // 2 }} {{ -7 % 3 }} {{ 7 / 2 }}", "-4 2 3.5")]
    [InlineData("{{ 'a' ~ 1 ~ none ~ true }}", "a1NoneTrue")]
    [InlineData("{{ 'a' 'b' + 'c' }}", "abc")]
    [InlineData("{{ not false and 1 or 2 }}", "1")]
    [InlineData("{{ '' or 'else' }}", "else")]
    [InlineData("{{ 'x' if 1 > 2 }}|{{ 'x' if 1 < 2 else 'y' }}", "|x")]
    [InlineData("{{ 'user' in ['user', 'system'] }} {{ 'z' not in 'abc' }}", "True True")]
    [InlineData("{{ [1, 'a', none, {'k': 2.0}] }}", "[1, 'a', None, {'k': 2.0}]")]
    [InlineData("{{ 'abcdef'[1:4] }} {{ [1,2,3,4][::-1] }} {{ [1,2,3,4][-2:] }} {{ 'abc'[-1] }}", "bcd [4, 3, 2, 1] [3, 4] c")]
    [InlineData("{{ {'a': {'b': 5}}.a['b'] }} {{ {'a': 1}.get('z', 'none') }}", "5 none")]
    [InlineData("{{ missing }}|{{ missing is defined }}|{{ messages[0].nothing is not defined }}", "|False|True")]
    [InlineData("{{ 4 is divisibleby 2 }} {{ 4 is odd }} {{ 'a' is string and 1 is not string }}", "True False True")]
    [InlineData("{{ not missing is defined }}", "True")]
    [InlineData("{{ (1, 2) }} {{ 1 == 1.0 }} {{ 'a' < 'b' }}", "[1, 2] True True")]
    public void Expressions_have_the_values_that_they_have_in_Jinja(string template, string expected) =>
        Assert.Equal(expected, Render.Text(template));

    [Theory]
    [InlineData("{{ '  a '|trim }}|{{ 'xxaxx'.strip('x') }}|{{ ' a '.lstrip() }}|{{ ' a '.rstrip() }}", "a|a|a | a")]
    [InlineData("{{ messages|length }} {{ 'abc'|length }}", "4 3")]
    [InlineData("{{ 'aBc'|upper }} {{ 'aBc'|lower }} {{ 'aBc de'|capitalize }} {{ 'aBc de'|title }}", "ABC abc Abc de Abc De")]
    [InlineData("{{ 'a,b,c'.split(',')|join('-') }} {{ 'a,b,c'.split(',', 1)|last }} {{ ' a  b '.split() }}", "a-b-c b,c ['a', 'b']")]
    [InlineData("{{ 'a.b.c'.replace('.', '') }} {{ 'aaa'|replace('a', 'b', 2) }}", "abc bba")]
    [InlineData("{{ missing|default('x') }} {{ ''|default('x') }} {{ ''|default('x', true) }}", "x  x")]
    [InlineData("{{ messages|map(attribute='role')|join(' ') }}", "system user assistant user")]
    [InlineData("{{ messages|selectattr('role', 'equalto', 'user')|list|length }}"
        + " {{ messages|rejectattr('role', 'eq', 'user')|list|length }}",
        "2 2")]
    [InlineData("{{ {'a': 1, 'b': [true, none, 'é\"']}|tojson }}", "{\"a\": 1, \"b\": [true, null, \"é\\\"\"]}")]
    [InlineData("{{ {'a': [1, 2], 'c': {}}|tojson(indent=2) }}", "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"c\": {}\n}")]
    [InlineData("{{ 'a\nb'|indent(2) }} {{ '5'|int + 1 }} {{ 5|string + '!' }}", "a\n  b 6 5!")]
    [InlineData("{{ 'abc'.startswith('ab') }} {{ 'abc'.endswith(('x', 'c')) }} {{ 'abc'.find('c') }}", "True True 2")]
    [InlineData("{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}={{ v }};{% endfor %}", "a=1;b=2;")]
    [InlineData("{{ {'a': 1}|items|first|first }} {{ range(3)|list }} {{ range(5, 1, -2)|list }}", "a [0, 1, 2] [5, 3]")]
    public void Filters_and_methods_do_what_they_do_in_Jinja(string template, string expected) =>
        Assert.Equal(expected, Render.Text(template));

    [Theory]
    [InlineData("{% for m in messages if m.role == 'user' %}{{ loop.index }}/{{ loop.length }}"
        + "{% if not loop.last %}, {% endif %}{% endfor %}",
        "1/2, 2/2")]
    [InlineData("{% for m in messages %}{% if loop.index == 2 %}{% continue %}{% elif loop.last %}"
        + "{% break %}{% endif %}{{ m.role }} {% endfor %}",
        "system assistant ")]
    [InlineData("{% for x in [] %}never{% else %}empty{% endfor %}", "empty")]
    [InlineData("{% set x = 1 %}{% for i in range(3) %}{% set x = 2 %}{% endfor %}{{ x }}", "1")]
    [InlineData("{% set ns = namespace(n=0) %}{% for i in range(3) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}", "3")]
    [InlineData("{% set a, b = [1, 2] %}{{ b }}{% set c %}<{{ a }}>{% endset %}{{ c }}", "2<1>")]
    [InlineData("{% macro twice(x, y='!') %}{{ x }}{{ x }}{{ y }}{% endmacro %}{{ twice('ab') }}{{ twice('c', y='?') }}", "abab!cc?")]
    [InlineData("{% generation %}written{% endgeneration %}{# nothing #}.", "written.")]
    [InlineData("{{ loop is defined }}{% for m in messages[1:3] %}{{ loop.previtem.role if loop.previtem is defined else '-' }}"
        + "{% endfor %}",
        "False-user")]
    public void Statements_do_what_they_do_in_Jinja(string template, string expected) => Assert.Equal(expected, Render.Text(template));

    [Theory]
    [InlineData("a\n  {% if true %}\n  b\n  {% endif %}\nc\n", "a\n  b\nc")]
    [InlineData("a  {{- ' b ' -}}  c", "a b c")]
    [InlineData("a\n{%- if true -%}\n  b\n{%- endif -%}\n c", "abc")]
    [InlineData("a\n  {%+ if true %}b{% endif %}", "a\n  b")]
    [InlineData("  {# c #}\nx", "x")]
    [InlineData("x {% if true %}y{% endif %} z", "x y z")]
    [InlineData("{{ 'a' }}\nb", "a\nb")]
    public void White_space_goes_and_stays_as_Hugging_Face_sets_Jinja_up(string template, string expected) =>
        Assert.Equal(expected, Render.Text(template));

    [Theory]
    [InlineData("x\n{% include 'secrets' %}", "line 2: the statement 'include' is not known")]
    [InlineData("{{ messages|xmlattr }}", "the filter 'xmlattr' is not known")]
    [InlineData("{{ 1 is prime }}", "the test 'prime' is not known")]
    [InlineData("{{ cycler('a') }}", "the function 'cycler' is not known")]
    [InlineData("{{ 'a'.__class__ }}", "the method '__class__' of texts is not known")]
    [InlineData("{{ messages.append(1) }}", "the method 'append' of lists is not known")]
    [InlineData("{{ missing.part }}", "'part' is asked of the undefined 'missing'")]
    [InlineData("{% if true %}a", "'endif' is expected for the block of line 1, and the end of the template is found")]
    [InlineData("{% for a in [1] %}{% endif %}", "'endfor' is expected")]
    [InlineData("{{ 'a", "is never closed")]
    [InlineData("{{ 1 ", "'}}' is missing")]
    [InlineData("{# a", "'#}' is missing")]
    [InlineData("{{ 1 $ 2 }}", "the character '$' has no meaning here")]
    [InlineData("{{ 'a' + 1 }}", "'+' does not work between a text and a number")]
    [InlineData("{{ [1]|tojson(sort_keys=true) }}", "has no 'sort_keys'")]
    [InlineData("{{ 'a'.upper(1) }}", "takes 0 values and is given 1")]
    [InlineData("{{ 1 // 0 }}", "has no value")]
    [InlineData("{% set a.b = 1 %}", "'a' is no namespace")]
    [InlineData("{{ raise_exception('only two may talk') }}", "refuses this conversation: only two may talk")]
    [InlineData("{% endfor %}", "'endfor' closes nothing")]
    public void What_is_not_known_is_an_error_that_names_it(string template, string expected) =>
        Assert.Contains(expected, Render.Error(template), StringComparison.Ordinal);

    [Theory]
    [InlineData("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "it does not end")]
    [InlineData("{{ range(1000000000) }}", "more than 100000 numbers")]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "calls itself without end")]
    [InlineData("{% set n = namespace(s='aaaaaaaa') %}{% for i in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}",
        "it writes more than")]
    [InlineData("{{ 9 ** 64 }}", "is too large")]
    public void A_template_that_does_not_end_is_stopped(string template, string expected) =>
        Assert.Contains(expected, Render.Error(template), StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_is_an_error_and_no_crash() =>
        Assert.Contains("stand inside each other", Render.Error("{{ " + new string('(', 5000) + "1" + new string(')', 5000) + " }}"),
            StringComparison.Ordinal);
}
