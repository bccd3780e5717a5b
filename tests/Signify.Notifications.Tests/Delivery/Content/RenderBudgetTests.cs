using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Delivery.Content;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Tests.Delivery.Content;

public sealed class RenderBudgetTests
{
    // The field's limit is 32 KB.
    private static readonly string Long = new('a', 30_000);
    private static readonly string Needle = new string('a', 250) + "b" + new string('a', 250);
    private static readonly string Numbers = string.Join(',', Enumerable.Range(1, 3000));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Small templates whose operators, filters, loops and names read much.</summary>
    public static TheoryData<string> Greedy =>
    [
        Loop("{% if x contains y %}{% endif %}"),
        Loop("{% if x startswith y %}{% endif %}"),
        Loop("{% if x endswith y %}{% endif %}"),
        Loop("{% if x == z or x != z and x > z or x <= z %}{% endif %}"),
        Loop("{% if list contains x %}{% endif %}"),
        Loop("{% if list == list %}{% endif %}"),
        Loop("{% case x %}{% when y, z, y, z, y %}{% endcase %}"),
        Loop("{% case list %}{% when list %}{% endcase %}"),
        Loop("{% assign z = x | replace: 'a', 'bb' %}"),
        Loop("{% assign z = x | remove_first: y %}"),
        Loop("{% assign z = x | split: '' %}"),
        Loop("{% assign z = x | reverse %}"),
        Loop("{% assign z = list | sort %}"),
        Loop("{% assign z = list | uniq %}"),
        Loop("{% assign z = list | join: x %}"),
        Loop("{% assign z = list | map: x %}"),
        Loop("{% assign z = list | where: x, y %}"),
        Loop("{% assign z = x | date: '%Y' %}"),
        Loop("{% assign z = x | plus: x %}"),
        Loop("{% assign z = x | escape | url_encode %}"),
        Loop("{% assign z = a[x] %}"),
        Loop("{% for i in list limit: 1 %}{% endfor %}"),
        Loop("{% for i in list limit: x offset: x %}{% endfor %}"),
        Loop("{% for i in (1..10000) limit: 1 %}{% endfor %}"),
        Loop("{% if x" + string.Concat(Enumerable.Repeat(".first", 10_000)) + " %}{% endif %}"),
        Loop(string.Concat(Enumerable.Repeat("{% if x or y or x or y or x or y or x or y %}{% endif %}", 190))),
        string.Concat(Enumerable.Repeat("{% assign x = x | append: x %}", 30)),
    ];

    [Theory]
    [MemberData(nameof(Greedy))]
    public void Work_is_weighed_by_what_it_reads_and_creates_and_ends_within_seconds(string text)
    {
        var template = Parse(text);
        var began = Stopwatch.GetTimestamp();

        var fault = Assert.Throws<TemplateException>(() => template.Render(Fields(), Ct));

        Assert.Contains("takes more work", fault.Message, StringComparison.Ordinal);
        // The clock is for what is weighed too low.
        Assert.DoesNotContain("seconds", fault.Message, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("{{ x | upcase }}{{ x | size }}", "AB2")]
    [InlineData("{% if x contains 'b' and n == 1 %}yes{% elsif x %}no{% else %}none{% endif %}", "yes")]
    [InlineData("{% for i in list offset: 1 limit: 1 %}{{ i }}{% endfor %}", "2")]
    [InlineData("{% for i in list limit: 1 %}{{ i }}{% endfor %}{% for i in list offset: continue %}{{ i }}{% endfor %}", "123")]
    [InlineData("{% for i in list reversed %}{{ i }}{% else %}none{% endfor %}{% for i in none %}{% else %}none{% endfor %}", "321none")]
    [InlineData("{% case n %}{% when 2 %}two{% when 1, 3 %}odd{% else %}none{% endcase %}", "odd")]
    [InlineData("{% assign c = n == 1 %}{{ c }}{% if c %}yes{% endif %}{% assign c = n == 2 %}{% unless c %}no{% endunless %}", "1yesno")]
    [InlineData("{{ a['b'].c }}{{ list[1] }}{{ list.first }}{{ list | where: 'none', 1 | size }}", "d210")]
    [InlineData("{{ 'a,b;c' | replace: ',', ';' | split: ';' | reverse | join: '-' }}", "c-b-a")]
    public void What_a_template_means_is_what_it_meant_without_a_meter(string text, string expected) =>
        Assert.Equal(expected, Parse(text).Render("""{"x":"ab","n":1,"list":[1,2,3],"a":{"b":{"c":"d"}}}""", Ct).Text);

    [Fact]
    public void Comparisons_of_comparisons_do_not_nest_until_the_stack_ends()
    {
        var body = string.Concat(Enumerable.Repeat("{% assign x = x == n %}", 3));
        var template = Parse($"{{% for i in (1..9999) %}}{body}{{% endfor %}}{{{{ x }}}}");

        Assert.Equal("1", template.Render("""{"x":"1","n":1}""", Ct).Text);
    }

    [Fact]
    public void A_large_ordinary_message_is_far_from_the_limit()
    {
        var text = "{% for p in list %}<tr><td>{{ p | plus: 1 }}</td>"
            + "{% if p == 7 or p contains 'x' %}<td>{{ a.b.c | upcase | default: '-' }}</td>{% endif %}</tr>{% endfor %}"
            + new string('x', 900_000);

        Assert.True(Parse(text).Render(Fields(), Ct).Text!.Length > 900_000);
    }

    [Fact]
    public void A_rendering_that_is_canceled_ends_and_is_no_fault_of_the_template()
    {
        using var canceled = new CancellationTokenSource();
        canceled.Cancel();

        Assert.Throws<OperationCanceledException>(() => Parse(Loop("{% if x contains y %}{% endif %}")).Render(Fields(), canceled.Token));
    }

    [Fact]
    public void What_is_weighed_too_low_ends_by_the_clock()
    {
        var time = new FakeTimeProvider();
        var budget = new RenderBudget(time, Ct);

        Spend();
        time.Advance(RenderBudget.TimeLimit + TimeSpan.FromSeconds(1));

        Assert.Throws<InvalidOperationException>(Spend);
        Assert.Contains("5 seconds", budget.Exceeded, StringComparison.Ordinal);

        void Spend()
        {
            for (var n = 0; n < 2000; n++)
            {
                budget.Spend(RenderBudget.Item);
            }
        }
    }

    [Fact]
    public void Faults_are_listed_up_to_fifty_each_at_its_own_place()
    {
        var many = string.Concat(Enumerable.Repeat("{{ a | nonsense }}\n", 5000));

        Assert.False(MergeTemplate.TryParse("x", many, null, out _, out var errors));

        Assert.Equal(50, errors.Count);
        Assert.Equal(Enumerable.Range(1, 50), errors.Select(e => e.Line!.Value));
    }

    [Fact]
    public async Task The_preview_of_a_mailing_reports_the_limit_before_it_is_sent()
    {
        var preview = new MailingRehearsal(Options.Create(new HandInOptions()), TimeProvider.System);
        var mailing = new NewMailing { Name = "Payslips", Subject = "x", Text = Loop("{% if x contains y %}{% endif %}") };
        var recipient = new NewRecipient
        {
            Line = 1,
            To = "anna@contoso.com",
            Fields = $$"""{"x":"{{Long[..20_000]}}","y":"{{Needle}}"}"""
        };

        var message = await preview.MessageAsync(mailing, new[] { recipient }.ToAsyncEnumerable(), 1, Ct);

        Assert.Contains("takes more work", message?.Fault, StringComparison.Ordinal);
    }

    /// <summary>Each rendering ends in a text or in a fault of the template.</summary>
    [Fact]
    public void Random_templates_end_in_a_text_or_in_a_fault_of_the_template()
    {
        var random = new Random(20261130);
        var rendered = 0;
        for (var n = 0; n < 3000; n++)
        {
            if (MergeTemplate.TryParse("x", RandomTemplate.Write(random), null, out var template, out _))
            {
                var fault = Record.Exception(() => template.Render(Fields(), Ct));
                Assert.True(fault is null or TemplateException, fault?.ToString());
                Assert.DoesNotContain("NullReference", fault?.Message ?? "", StringComparison.Ordinal);
                rendered += fault is null ? 1 : 0;
            }
        }

        Assert.True(rendered > 500, $"{rendered} rendered");
    }

    private static string Loop(string body) => $"{{% for i in (1..5000) %}}{body}{{% endfor %}}";

    private static string Fields() =>
        $$"""{"x":"{{Long}}b","y":"{{Needle}}","z":"{{Long}}","n":1,"list":[{{Numbers}}],"a":{"b":{"c":"d"} } }""";

    private static MergeTemplate Parse(string text)
    {
        Assert.True(MergeTemplate.TryParse("x", text, null, out var template, out var errors), string.Join("; ", errors));
        return template;
    }
}

/// <summary>Templates of the language's pieces put together at random.</summary>
internal static class RandomTemplate
{
    private static readonly string[] Values =
    [
        "x", "n", "list", "a", "a.b", "a['b'].c", "list[0]", "list.first", "none", "1", "-3.5", "'b'", "''", "nil",
        "true", "empty", "blank", "(1..4)", "a[x]", "['x']",
    ];

    private static readonly string[] Filters =
    [
        "abs", "append: x", "at_least: n", "capitalize", "ceil", "compact", "concat: list", "date: '%Y'", "default: n",
        "divided_by: n", "downcase", "escape", "escape_once", "first", "floor", "join", "join: '-'", "last", "lstrip",
        "map: 'b'", "map", "minus: n", "modulo: 0", "modulo", "plus: x", "prepend: list", "remove: 'b'", "remove",
        "remove_first: 'a'", "remove_last", "replace: 'a', 'bb'", "replace: '', 'b'", "replace_first",
        "replace_last: 'a'", "reverse", "round: 40", "rstrip", "size", "slice: 0, 2", "slice: -1", "slice", "sort",
        "sort: 'b'", "sort_natural", "split: ''", "split", "strip", "strip_html", "strip_newlines", "sum", "sum: 'b'",
        "times: n", "truncate: 3", "truncate: -1", "truncatewords: 1", "truncatewords", "uniq", "upcase", "url_decode",
        "url_encode", "where: 'b'", "where: 'b', 1", "where",
    ];

    private static readonly string[] Operators = ["==", "!=", "<", ">", "<=", ">=", "contains", "startswith", "endswith", "and", "or"];

    public static string Write(Random random)
    {
        var text = new StringBuilder();
        Block(text, random, depth: 0);
        return text.ToString();
    }

    private static void Block(StringBuilder text, Random random, int depth)
    {
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            switch (random.Next(depth > 2 ? 3 : 7))
            {
                case 0:
                    text.Append("{{ ").Append(Filtered(random)).Append(" }}");
                    break;
                case 1:
                    text.Append("{% assign ").Append(Pick(random, ["x", "n", "list", "a", "i"])).Append(" = ")
                        .Append(Filtered(random)).Append(" %}");
                    break;
                case 2:
                    text.Append("{% increment x %}text");
                    break;
                case 3:
                    var how = Pick(random, ["", " reversed", " limit: n", " offset: continue", " limit: -1"]);
                    Around(text, random, depth, $"for i in {Pick(random, Values)}{how}", "for");
                    break;
                case 4:
                    var options = $"{Pick(random, Values)}, {Pick(random, Values)}";
                    Around(text, random, depth, $"case {Pick(random, Values)} %}}{{% when {options}", "case");
                    break;
                default:
                    var tag = Pick(random, ["if", "unless"]);
                    Around(text, random, depth, $"{tag} {Pick(random, Values)} {Pick(random, Operators)} {Pick(random, Values)}", tag);
                    break;
            }
        }
    }

    private static void Around(StringBuilder text, Random random, int depth, string head, string tag)
    {
        text.Append("{% ").Append(head).Append(" %}");
        Block(text, random, depth + 1);
        text.Append("{% end").Append(tag).Append(" %}");
    }

    private static string Filtered(Random random)
    {
        var value = Pick(random, Values);
        for (var n = random.Next(3); n > 0; n--)
        {
            value += " | " + Pick(random, Filters);
        }

        return value;
    }

    private static string Pick(Random random, string[] of) => of[random.Next(of.Length)];
}
