using AngleSharp.Dom;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>How a finding stands on the page: how sure it is, what tells it apart, and calm where nothing has to be mended.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class FindingPageTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    [Fact]
    public async Task Causes_that_look_the_same_stand_in_their_order_with_what_tells_them_apart()
    {
        var page = await ShownAsync("service-principal-missing");

        var findings = page.QuerySelectorAll("[data-step=sign-in] .finding");
        Assert.Equal(["Most likely", "Or perhaps"], findings.Select(f => f.QuerySelector(".certainty")?.TextContent));
        Assert.StartsWith("To tell these apart: Run Get-ServicePrincipal", findings[0].QuerySelector(".tell-apart")?.TextContent, StringComparison.Ordinal);
        Assert.Null(findings[1].QuerySelector(".tell-apart"));
    }

    [Fact]
    public async Task What_is_certain_says_nothing_of_certainty()
    {
        var finding = (await ShownAsync("secret-expired")).QuerySelector("[data-step=token-for-exchange] .finding")!;

        Assert.Null(finding.QuerySelector(".certainty"));
        Assert.Null(finding.QuerySelector(".tell-apart"));
    }

    [Fact]
    public async Task An_app_for_graph_alone_is_green_calm_and_says_why()
    {
        var page = await ShownAsync("graph-only");

        Assert.Equal("passed", page.QuerySelector("#check")!.GetAttribute("data-state"));
        Assert.Equal("Passed", page.QuerySelector("#check .badge")!.TextContent);
        Assert.Contains("as the set-up guide has it. Nothing else has to be done.", page.QuerySelector("#check .check-lead")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("#check .finding.warn, #check .finding.bad, .field-warning, .field-error"));
        Assert.Equal("skipped", page.QuerySelector("[data-step=sign-in]")!.GetAttribute("data-state"));
        Assert.Contains("not needed", page.QuerySelector("[data-step=sign-in]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("can send as every mailbox", page.QuerySelector("[data-step=sender] .finding.calm")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<IDocument> ShownAsync(string scenario)
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        return (await screen.SaveToTheEndAsync(SettingsScreen.Values(sandbox.Scenario(scenario)))).Document;
    }
}
