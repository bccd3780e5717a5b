using Signify.Notifications.Rulesets;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;
using Signify.Notifications.Web.Tests.Rulesets;

namespace Signify.Notifications.Web.Tests.Forms;

/// <summary>The host's identity is for the rulesets that the operator names, "Default" unless configured.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class WorkloadIdentityFormTests
{
    private const string Address = "/gear/ruleset/notifications";

    [Fact]
    public async Task The_form_offers_it_to_an_allowed_ruleset_and_hides_it_from_another()
    {
        await using var program = await TestProgram.StartAsync(("WorkloadIdentity:TokenFile", "/nowhere/token"));
        var other = await program.AddRulesetAsync("Payroll");
        var browser = await program.SignedInAsync();

        var allowed = await browser.GetAsync(Address.In(Ruleset.DefaultId));
        var hidden = await browser.GetAsync(Address.In(other));

        Assert.False(allowed.Find("#credential-workload").HasAttribute("disabled"));
        Assert.Null(hidden.Document.QuerySelector("#credential-workload"));
    }

    [Fact]
    public async Task A_submitted_form_that_chooses_it_for_another_ruleset_is_refused_at_the_field()
    {
        await using var program = await TestProgram.StartAsync(("WorkloadIdentity:TokenFile", "/nowhere/token"));
        var other = await program.AddRulesetAsync("Payroll");
        var browser = await program.SignedInAsync();

        var page = await browser.SubmitAsync(await browser.GetAsync(Address.In(other)), "#settings", ("credential", "workloadIdentity"));

        Assert.Equal("Payroll", page.Ruleset());
        Assert.Contains("WorkloadIdentity:Rulesets", page.Find("#credential-messages").TextContent, StringComparison.Ordinal);
    }
}
