using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.TestHost;
using Signify.Notifications.Sandbox.Faults;

namespace Signify.Notifications.Sandbox.Tests.Pages;

/// <summary>Faults set by hand, for whoever comes by a stage.</summary>
public sealed class FaultsPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_is_set_shown_and_taken_away()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var set = await SubmitAsync(sandbox, "form[action='/sandbox/faults']",
            ("Form.Place", "Auth"), ("Form.Deed", "Answer"), ("Form.Reply", "451 4.7.0 Later"), ("Form.Percent", "50"), ("Form.Times", "3"));

        Assert.Equal(new ArmedFault("Auth", "answers 451 4.7.0 Later", 3, 50, 0), Assert.Single(sandbox.Host.Faults.All));
        Assert.Contains("answers 451 4.7.0 Later", set.Body!.TextContent, StringComparison.Ordinal);
        await SubmitAsync(sandbox, "form[action$='Disarm']");
        Assert.Empty(sandbox.Host.Faults.All);
    }

    [Fact]
    public async Task All_are_taken_away_at_once()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Host.Faults.Smtp(SmtpStage.Data, SmtpFault.Reset);
        sandbox.Host.Faults.Http(HttpPlace.Graph, HttpFault.Answer(503));

        await SubmitAsync(sandbox, "form[action$='Clear']");

        Assert.Empty(sandbox.Host.Faults.All);
    }

    [Theory]
    [InlineData("Form.Reply", "hello", "three digits")]
    [InlineData("Form.Percent", "0", "1 to 100 per cent")]
    [InlineData("Form.Times", "0", "from 1 on")]
    [InlineData("Form.DelaySeconds", "9999", "0 to 600 seconds")]
    [InlineData("Form.Place", "Nowhere", "where it strikes")]
    public async Task A_fault_that_makes_no_sense_is_told_at_its_field(string field, string value, string told)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var page = await SubmitAsync(sandbox, "form[action='/sandbox/faults']", [("Form.Reply", "451 4.7.0 Later"), (field, value)]);

        Assert.Contains(told, Assert.Single(page.QuerySelectorAll(".field-error")).TextContent, StringComparison.Ordinal);
        Assert.Empty(sandbox.Host.Faults.All);
    }

    /// <summary>Fills the form in as a browser does, and follows where it leads.</summary>
    private static async Task<IHtmlDocument> SubmitAsync(RunningSandbox sandbox, string which, params (string Name, string Value)[] typed)
    {
        await using var app = await SandboxPages.StartAsync(sandbox.Host);
        using var client = app.GetTestClient();
        using var shown = await client.GetAsync(new Uri("/sandbox/faults", UriKind.Relative), Ct);
        var form = (IHtmlFormElement)new HtmlParser().ParseDocument(await shown.Content.ReadAsStringAsync(Ct)).QuerySelector(which)!;
        var fields = form.QuerySelectorAll("input[name]:not([type=checkbox]), select, textarea").ToDictionary(f => f.GetAttribute("name")!, ValueOf);
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action")) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Cookie", shown.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        using var answer = await client.SendAsync(request, Ct);
        var page = answer.StatusCode == HttpStatusCode.Redirect
            ? await client.GetStringAsync(answer.Headers.Location, Ct)
            : await answer.Content.ReadAsStringAsync(Ct);
        return new HtmlParser().ParseDocument(page);
    }

    private static string ValueOf(AngleSharp.Dom.IElement field) => field switch
    {
        IHtmlSelectElement select => select.Value ?? "",
        IHtmlTextAreaElement text => text.Value,
        _ => field.GetAttribute("value") ?? "",
    };
}
