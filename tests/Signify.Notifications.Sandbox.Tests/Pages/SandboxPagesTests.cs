using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Sandbox.Mail;
using Signify.Notifications.Sandbox.Pages;

namespace Signify.Notifications.Sandbox.Tests.Pages;

public sealed class SandboxPagesTests(RunningSandbox sandbox)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_overview_offers_every_scenario_and_every_address()
    {
        var page = await ReadAsync("/sandbox");

        Assert.Equal("Sandbox", page.QuerySelector("h1")?.TextContent);
        foreach (var scenario in sandbox.Host.Scenarios)
        {
            var row = page.GetElementById(scenario.Id);
            Assert.NotNull(row);
            Assert.Equal(
                [scenario.ServerName, $"{scenario.Port}", scenario.FromEmail, scenario.ClientId, scenario.ClientSecret, scenario.TenantId, scenario.Cloud, scenario.Route],
                row.QuerySelectorAll("input[readonly]").Cast<IHtmlInputElement>().Select(input => input.Value));
        }

        Assert.Contains($"Clouds__Sandbox__SmtpHost={sandbox.Host.SmtpHost}", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_arrived_is_listed_and_shown()
    {
        var message = Arrive(
            "From: a@contoso.com\r\nSubject: <b>Bold</b>\r\nContent-Type: text/html\r\n\r\n<p title=\"x\">Hello</p><script>alert(1)</script>");

        var list = await ReadAsync("/sandbox?all=true");
        var page = await ReadAsync($"/sandbox/messages/{message.Id}");

        Assert.Contains(list.QuerySelectorAll("a"), link => link.GetAttribute("href") == $"/sandbox/messages/{message.Id}" && link.TextContent == "<b>Bold</b>");
        Assert.Equal("<b>Bold</b>", page.QuerySelector("h1")?.TextContent);
        var frame = page.QuerySelector("iframe");
        Assert.Equal("", frame?.GetAttribute("sandbox"));
        Assert.StartsWith(
            "<!doctype html><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';", frame?.GetAttribute("srcdoc"), StringComparison.Ordinal);
        Assert.Contains("<p title=\"x\">Hello</p>", frame?.GetAttribute("srcdoc"), StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("script, style, [style], [onclick]"));
    }

    [Fact]
    public async Task The_newest_twenty_are_listed_and_more_when_asked_for()
    {
        for (var i = 0; i < 30; i++)
        {
            Arrive("From: a@contoso.com\r\nSubject: many\r\n\r\nHello");
        }

        var few = await ReadAsync("/sandbox");
        var all = await ReadAsync(few.QuerySelectorAll("a").Single(link => link.TextContent == "Show the newest 1,000").GetAttribute("href")!);

        Assert.Equal(20, few.QuerySelectorAll("[aria-labelledby=arrived-title] tbody tr").Length);
        Assert.InRange(all.QuerySelectorAll("[aria-labelledby=arrived-title] tbody tr").Length, 30, 1000);
    }

    [Fact]
    public async Task Text_attachments_headers_and_source_are_shown()
    {
        var message = Arrive(
            "From: a@contoso.com\r\nX-Trace: 42\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nPlain words\r\n"
            + "--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=pay.pdf\r\n\r\nabc\r\n--b--\r\n");

        var page = await ReadAsync($"/sandbox/messages/{message.Id}");

        Assert.Equal("(no subject)", page.QuerySelector("h1")?.TextContent);
        Assert.Contains("Plain words", page.QuerySelector("[aria-labelledby=text-title] pre")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(["pay.pdf", "application/pdf", "3"], page.QuerySelectorAll("[aria-labelledby=attachments-title] tbody > tr > *").Select(cell => cell.TextContent));
        Assert.Contains(page.QuerySelectorAll("tr"), row => row.TextContent == "X-Trace42");
        Assert.Contains("--b--", page.QuerySelector("[aria-labelledby=source-title] pre")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_source_is_downloaded_as_it_came()
    {
        var message = Arrive("From: a@contoso.com\r\n\r\n\u00e9");
        await using var app = await StartAsync();

        using var answer = await app.GetTestClient().GetAsync($"/sandbox/messages/{message.Id}?handler=Source", Ct);

        Assert.Equal("message/rfc822", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"message-{message.Id}.eml", answer.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(message.Source.ToArray(), await answer.Content.ReadAsByteArrayAsync(Ct));
    }

    [Theory]
    [InlineData("/sandbox/messages/999999999")]
    [InlineData("/sandbox/messages/999999999?handler=Source")]
    [InlineData("/sandbox/messages/x")]
    public async Task A_message_that_is_not_there_is_not_found(string path)
    {
        await using var app = await StartAsync();

        using var answer = await app.GetTestClient().GetAsync(path, Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_host_that_is_without_the_sandbox_has_none_of_its_pages()
    {
        await using var app = await StartAsync(services => services.AddRazorPages().ConfigureApplicationPartManager(parts => parts.RemoveSandboxPages()));

        using var answer = await app.GetTestClient().GetAsync("/sandbox", Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_limits_are_switched_on_the_page_and_nobody_else_can_do_it()
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient();
        using var page = await client.GetAsync("/sandbox", Ct);
        var form = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync(Ct)).QuerySelector("#limits form")!;
        var fields = form.QuerySelectorAll("input").Cast<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        var cookie = page.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Assert.Equal("true", fields["on"]);

        using var forged = await client.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent([new("on", "true")]), Ct);
        Assert.Equal((HttpStatusCode.BadRequest, false), (forged.StatusCode, sandbox.Host.Limits.Enforced));

        using var request = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action")) { Content = new FormUrlEncodedContent(fields), Headers = { { "Cookie", cookie } } };
        using var answer = await client.SendAsync(request, Ct);
        var on = sandbox.Host.Limits.Enforced;
        // Other tests share the sandbox and count on none.
        sandbox.Host.Limits.Enforced = false;
        Assert.Equal((HttpStatusCode.Redirect, true), (answer.StatusCode, on));
    }

    [Fact]
    public async Task In_the_product_the_pages_use_its_layout_and_lead_to_its_form()
    {
        await using var app = await StartAsync(services => services.Configure<SandboxPagesOptions>(options => options.HostedInProduct = true));

        var page = new HtmlParser().ParseDocument(await app.GetTestClient().GetStringAsync("/sandbox", Ct));

        Assert.Equal("The product's layout", page.QuerySelector("header")?.TextContent);
        Assert.Equal(
            sandbox.Host.Scenarios.Select(scenario => $"/gear/ruleset/notifications?use={scenario.Id}"),
            page.QuerySelectorAll(".choice a.button").Select(link => link.GetAttribute("href")));
        Assert.Empty(page.QuerySelectorAll("input[readonly]"));
    }

    private SandboxMessage Arrive(string source) =>
        sandbox.Host.Mail.Add(MailRoute.Smtp, "a@contoso.com", "a@contoso.com", ["b@example.com"], Encoding.UTF8.GetBytes(source));

    private async Task<IHtmlDocument> ReadAsync(string path)
    {
        await using var app = await StartAsync();
        return new HtmlParser().ParseDocument(await app.GetTestClient().GetStringAsync(path, Ct));
    }

    private Task<WebApplication> StartAsync(Action<IServiceCollection>? afterwards = null) => SandboxPages.StartAsync(sandbox.Host, afterwards);
}
