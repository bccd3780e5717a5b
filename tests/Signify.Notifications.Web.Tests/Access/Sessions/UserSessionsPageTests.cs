using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;
using Signify.Notifications.Web.Tests.Rulesets;

namespace Signify.Notifications.Web.Tests.Access.Sessions;

/// <summary>An administrator signs a user out on all devices.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class UserSessionsPageTests
{
    private const string Profile = "/account/profile";

    [Fact]
    public async Task An_administrator_ends_all_sessions_of_a_user_and_the_audit_log_says_so()
    {
        await using var program = await TestProgram.StartAsync();
        var (viewer, other) = (await program.SignedInViewerAsync(), await program.SignedInAsync(TestProgram.ViewerEmail, TestProgram.ViewerPassword));
        var ada = await program.SignedInAsync();
        var edit = $"/gear/access/users/edit/{await program.UserIdAsync(TestProgram.ViewerEmail)}";

        var done = await ada.SubmitAsync(await ada.GetAsync(edit), "#sign-out");

        Assert.Contains("signed out everywhere", done.Text, StringComparison.Ordinal);
        Assert.Equal("/account/signin", (await viewer.GetAsync(Profile)).Address.AbsolutePath);
        Assert.Equal("/account/signin", (await other.GetAsync(Profile)).Address.AbsolutePath);
        Assert.Equal(Profile, (await ada.GetAsync(Profile)).Address.AbsolutePath);
        await using var db = program.NewContext();
        var entry = await db.Set<AuditEntry>().SingleAsync(
            e => e.Action == AuditAction.SessionsEnded && e.Target == $"user {TestProgram.ViewerEmail}", TestContext.Current.CancellationToken);
        Assert.Equal(TestProgram.AdminEmail, entry.By);
    }

    /// <summary>The account opens another ruleset, whose administrator did not ask for it.</summary>
    [Fact]
    public async Task Not_of_an_account_that_opens_a_ruleset_of_others()
    {
        await using var program = await TestProgram.StartAsync();
        var viewer = await program.SignedInViewerAsync();
        var ada = await program.SignedInAsync();
        var page = await ada.GetAsync($"/gear/access/users/edit/{await program.UserIdAsync(TestProgram.ViewerEmail)}");
        var theirs = await program.AddRulesetAsync("Payroll");
        await program.SetRoleAsync(theirs, TestProgram.ViewerEmail, Signify.Notifications.Access.MemberRole.Administrator);
        await program.SetRoleAsync(theirs, TestProgram.AdminEmail, null);

        var refused = await ada.SubmitAsync(page, "#sign-out");

        Assert.Contains("rulesets that you do not administer", refused.Text, StringComparison.Ordinal);
        Assert.Equal(Profile, (await viewer.GetAsync(Profile)).Address.AbsolutePath);
    }
}
