using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Content;

namespace Signify.Notifications.Tests.Delivery.Content;

public sealed class MergeTemplateTests
{
    private const string Evil = """{"name":"<script>alert(\"x\")</script> & 'Anna' Å","list":["<b>","</b>"],"person":{"name":"<i>"}}""";

    [Fact]
    public void Values_are_encoded_in_html_and_left_as_they_are_in_text()
    {
        var template = Parse("{{name}}", "{{name}}", "<p title=\"{{name}}\">{{name}}</p>{{list}}{{person.name}}{{name | append: '<'}}");

        var rendered = template.Render(Evil, TestContext.Current.CancellationToken);

        Assert.Equal("<script>alert(\"x\")</script> & 'Anna' Å", rendered.Subject);
        Assert.Equal(rendered.Subject, rendered.Text);
        var encoded = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#x27;Anna&#x27; Å";
        Assert.Equal($"<p title=\"{encoded}\">{encoded}</p>&lt;b&gt;&lt;/b&gt;&lt;i&gt;{encoded}&lt;", rendered.Html);
    }

    [Theory]
    [InlineData("{{ name | raw }}")]
    [InlineData("{% capture x %}{{ name }}{% endcapture %}{{ x }}")]
    [InlineData("{% include 'x' %}")]
    [InlineData("{% render 'x' %}")]
    [InlineData("{{ name | nonsense }}")]
    [InlineData("{% layout 'x' %}")]
    public void What_reads_files_or_goes_past_the_encoding_is_not_there(string html) =>
        Assert.False(MergeTemplate.TryParse("x", null, html, out _, out _));

    [Theory]
    [InlineData("Hello\n  {{ name", 2)]
    [InlineData("{% if name %}\n\n", null)]
    [InlineData("a\nb\n{{ name | nonsense }}", 3)]
    [InlineData("{% endif %}", 1)]
    public void What_does_not_parse_is_told_with_line_and_column(string text, int? line)
    {
        Assert.False(MergeTemplate.TryParse("x", text, null, out _, out var errors));

        var error = Assert.Single(errors);
        Assert.Equal("text", error.Field);
        Assert.True(error is { Line: > 0, Column: > 0 }, error.ToString());
        Assert.True(line is null || line == error.Line, error.ToString());
    }

    /// <summary>As Word, Outlook and HTML editors leave it.</summary>
    [Theory]
    [InlineData("<p>{{ name | default: &quot;colleague&quot; }}</p>", "&quot;")]
    [InlineData("<p>{{ name&nbsp;}}</p>", "&nbsp;")]
    [InlineData("<p>{{ name | default: “colleague” }}</p>", "straight quotation marks")]
    [InlineData("<p>{{ name | default: ‘colleague’ }}</p>", "straight quotation marks")]
    [InlineData("<p>{{ name | default: „Kollege“ }}</p>", "straight quotation marks")]
    [InlineData("<p>{{ <b>name</b> }}</p>", "<b>")]
    [InlineData("<p>{{<span style=\"color:red\">name</span>}}</p>", "<span")]
    [InlineData("<p>{% if count &gt; 1 %}x{% endif %}</p>", "&gt;")]
    [InlineData("<p>{<b>{name}</b>}</p>", "between two braces")]
    [InlineData("<p>{{name}</i>}</p>", "between two braces")]
    [InlineData("<p>{{ name | default: &#8220;x&#8221; }}</p>", "&#8220;")]
    [InlineData("<a href=\"%7B%7Burl%7D%7D\">x</a>", "%7B%7B")]
    [InlineData("<p>&#123;&#123; name &#125;&#125;</p>", "&#123;&#123;")]
    public void A_template_that_an_editor_damaged_says_what_stands_where(string html, string expected)
    {
        Assert.False(MergeTemplate.TryParse("x", null, html, out _, out var errors));

        var error = Assert.Single(errors);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.True(error is { Field: "html", Line: 1, Column: > 1 }, error.ToString());
    }

    [Theory]
    [InlineData("<p>{{ name | default: \"“colleague”\" }}, &quot;quoted&quot;</p>")]
    [InlineData("<p>“{{ name }}”</p><style>p { color: red } </style>")]
    [InlineData("<p>{% if count > 1 %}<b>{{ name }}</b>{% endif %}</p>")]
    [InlineData("<a href=\"https://contoso.com/?q=%7B%7D\">{{ name }}</a>")]
    public void What_an_editor_may_write_around_and_in_quotation_marks_is_no_damage(string html) =>
        Assert.True(MergeTemplate.TryParse("x", null, html, out _, out var errors), string.Join('\n', errors));

    [Fact]
    public void Required_is_what_is_put_out_whatever_the_other_fields_say()
    {
        var template = Parse(
            "{{ name }}",
            "{{ city | upcase }}{{ title | default: 'x' }}{% if vip %}{{ gift }}{% endif %}{% for i in items %}{{ i.text }}{% endfor %}{% assign mine = person.age %}{{ mine }}",
            "{{ NAME }}{% unless a %}{{ b }}{% endunless %}{% for i in (1..3) %}{{ forloop.index }}{% endfor %}{{ items.size }}");

        Assert.Equal(["city", "items", "name", "person.age"], template.RequiredFields.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{% for a in (1..10000) %}{% for b in (1..10000) %}{% for c in (1..10000) %}{% endfor %}{% endfor %}{% endfor %}")]
    [InlineData("{% for a in (1..9000) %}{{ long }}{{ long }}{{ long }}{% endfor %}")]
    [InlineData("{% assign x = long %}{% for a in (1..100) %}{% assign x = x | append: x %}{% endfor %}")]
    [InlineData("{% assign x = long | replace: 'x', long %}{% assign x = x | replace: 'x', long %}{{ x | size }}")]
    [InlineData("{% assign x = long | split: '' %}{% for a in (1..100) %}{% assign x = x | concat: x %}{% endfor %}")]
    [InlineData("{{ 1 | divided_by: 0 }}{{ n | times: n | times: n }}")]
    public void What_would_take_for_ever_or_make_too_much_fails_for_that_message_alone(string text)
    {
        var template = Parse("x", text, null);

        var fault = Assert.Throws<TemplateException>(() => template.Render(
            $$"""{"long":"{{new string('x', 1000)}}","n":79228162514264337593543950335}""", TestContext.Current.CancellationToken));

        Assert.Equal("text", Assert.Single(fault.Errors).Field);
        Assert.DoesNotContain("xxxx", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>None of them may end the process by its stack, which no test could report.</summary>
    public static TheoryData<string, string, string> Deep => new()
    {
        { "{% if a %}", "x", "{% endif %}" },
        { "{%- unless a %}", "x", "{% endunless %}" },
        { "{% for a in b %}", "x", "{% endfor %}" },
        { "{% case a %}{% when 1 %}", "x", "{% endcase %}" },
        { "{% comment %}", "x", "{% endcomment %}" },
        { "{% if a %}{{ '{% endif %}' }}", "x", "{% endif %}" },
        { "{{ a[", "b", "] }}" },
        { "a[", "b", "]" },
        { "(", "1", ")" },
        { "a or ", "a", "" },
        { "a | abs | append: ", "a", "" },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void What_is_nested_too_deeply_is_refused(string open, string middle, string close)
    {
        var nested = string.Concat(Enumerable.Repeat(open, 30_000)) + middle + string.Concat(Enumerable.Repeat(close, 30_000));
        foreach (var text in open[0] == '{' ? new[] { nested } : [$"{{{{ {nested} }}}}", $"{{% if {nested} %}}{{% endif %}}", $"{{% assign x = {nested} %}}"])
        {
            Assert.False(MergeTemplate.TryParse("x", text, null, out _, out var errors));
            Assert.InRange(errors.Count, 1, 3);
        }
    }

    [Fact]
    public void What_is_nested_as_deeply_as_allowed_can_be_rendered()
    {
        var text = string.Concat(Enumerable.Repeat("{% if a %}", 100)) + "x" + string.Concat(Enumerable.Repeat("{% endif %}", 100))
            + "{{ a" + string.Concat(Enumerable.Repeat(" | append: a", 60)) + " }}";

        Assert.Equal("x" + new string('a', 61), Parse("x", text, null).Render("""{"a":"a"}""", TestContext.Current.CancellationToken).Text);
    }

    [Theory]
    [InlineData("{% for i in (1..100000) %}{% endfor %}")]
    [InlineData("{% for i in (1..n) %}{% endfor %}")]
    public void A_range_is_short_and_known(string text) => Assert.False(MergeTemplate.TryParse("x", text, null, out _, out _));

    [Fact]
    public void A_single_notifications_braces_are_its_own()
    {
        var content = new MailingContent { Subject = "{{name}}", Text = "{% if %}", Merges = false };

        Assert.Equal(new RenderedContent("{{name}}", "{% if %}", null), MergeTemplate.Parse(content)
            .Render(null, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("{{ name }}", """{"NAME":"Anna"}""", "Anna")]
    [InlineData("{{ n }}", """{"n":1.50}""", "1.5")]
    [InlineData("{{ n }}", """{"n":1e400}""", "1e400")]
    [InlineData("{{ yes }}", """{"yes":true}""", "true")]
    [InlineData("{{ a.b.c }}", """{"a":{"b":{"C":"x"}}}""", "x")]
    [InlineData("{% for i in l %}{{ i }};{% endfor %}", """{"l":[1,"two"]}""", "1;two;")]
    [InlineData("{{ '2030-01-31' | date: '%d.%m.%Y' }}", "{}", "31.01.2030")]
    [InlineData("{{ missing | default: 'none' }}", null, "none")]
    public void Fields_are_merged(string text, string? fields, string expected) =>
        Assert.Equal(expected, Parse("x", text, null).Render(fields, TestContext.Current.CancellationToken).Text);

    [Fact]
    public void One_template_renders_on_many_threads()
    {
        var template = Parse("{{ n }}", "{% for i in (1..50) %}{{ n }},{% endfor %}", null);

        Parallel.For(0, 500, n => Assert.Equal(string.Concat(Enumerable.Repeat($"{n},", 50)),
            template.Render($$"""{"n":{{n}}}""", TestContext.Current.CancellationToken).Text));
    }

    private static MergeTemplate Parse(string subject, string? text, string? html)
    {
        Assert.True(MergeTemplate.TryParse(subject, text, html, out var template, out var errors), string.Join("; ", errors));
        return template;
    }
}
