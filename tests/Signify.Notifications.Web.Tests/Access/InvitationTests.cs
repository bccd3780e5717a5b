using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Audit;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class InvitationTests
{
    [Fact]
    public async Task The_link_sets_a_password_once_and_is_nowhere_to_be_read_again()
    {
        await using var program = await TestProgram.StartAsync();
        var admin = await program.SignedInAsync();
        var link = await InviteAsync(admin);
        var invited = program.NewBrowser();
        var opened = await invited.OpenLinkAsync(link);

        var done = await AcceptAsync(invited, opened);
        var again = await AcceptAsync(invited, opened);

        Assert.Contains("Your password is set", done.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, again.Status);
        var token = link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];
        Assert.DoesNotContain(token, program.ReadDatabaseFiles(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, program.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token, (await admin.GetAsync("/gear/access/users")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(await program.ReadAuditAsync(), r => (r.Target + r.Details).Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_that_sets_a_password_removes_what_else_signs_in()
    {
        await using var program = await TestProgram.StartAsync();
        var vera = await program.SignedInViewerAsync();
        using var device = new SoftwareAuthenticator("http://localhost");
        await vera.AddPasskeyAsync(device);
        await SecondStepTests.SetUpAsync(vera);
        var admin = await program.SignedInAsync();
        var users = await admin.GetAsync("/gear/access/users");
        var made = await admin.SubmitAsync(await admin.GetAsync(users.Document.Links().Single(l => l.TextContent == TestProgram.ViewerEmail).GetAttribute("href")!), "#new-link");

        var invited = program.NewBrowser();
        await AcceptAsync(invited, await invited.OpenLinkAsync(made.Find("#link").GetAttribute("value")!));

        Assert.Contains("This passkey was not accepted", (await program.NewBrowser().SignInByPasskeyAsync(device)).Text, StringComparison.Ordinal);
        Assert.NotEqual("/account/twofactor", (await program.NewBrowser().SignInAsync(TestProgram.ViewerEmail, TestProgram.ViewerPassword)).Address.AbsolutePath);
        Assert.Contains("authenticator, recovery codes and passkeys removed", (await program.ReadAuditAsync()).First(r => r.Action == AuditAction.PasswordChanged).Details);
        await using var db = program.NewContext();
        Assert.Empty(await db.Set<IdentityUserToken<Guid>>().ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await db.Set<IdentityUserPasskey<Guid>>().ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_new_link_replaces_the_one_before()
    {
        await using var program = await TestProgram.StartAsync();
        var admin = await program.SignedInAsync();
        var first = await InviteAsync(admin);
        var users = await admin.GetAsync("/gear/access/users");
        var user = await admin.GetAsync(users.Document.Links().Single(l => l.TextContent == TestProgram.ViewerEmail).GetAttribute("href")!);

        var made = await admin.SubmitAsync(user, "#new-link");

        Assert.Equal(HttpStatusCode.Gone, (await program.NewBrowser().OpenLinkAsync(first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.NewBrowser().OpenLinkAsync(made.Find("#link").GetAttribute("value")!)).Status);
    }

    [Fact]
    public async Task The_link_expires_after_seven_days()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Clock = clock });
        var link = await InviteAsync(await program.SignedInAsync());

        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        var inTime = await program.NewBrowser().OpenLinkAsync(link);
        clock.Advance(TimeSpan.FromMinutes(1));
        var late = await program.NewBrowser().OpenLinkAsync(link);

        Assert.Equal(HttpStatusCode.OK, inTime.Status);
        Assert.Equal(HttpStatusCode.Gone, late.Status);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("vera vera vera")]
    [InlineData("signify-notifications")]
    [InlineData("Password1234!")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    public async Task A_password_that_is_short_or_among_the_first_tried_is_refused_and_the_link_stays_good(string password)
    {
        await using var program = await TestProgram.StartAsync();
        var invited = program.NewBrowser();
        var opened = await invited.OpenLinkAsync(await InviteAsync(await program.SignedInAsync()));

        var refused = await invited.SubmitAsync(opened, "form", ("Form.Password", password), ("Form.Repeated", password));

        Assert.NotEmpty(refused.Find("#new-password-error").TextContent);
        Assert.DoesNotContain(password, refused.Find("form").InnerHtml, StringComparison.Ordinal);
        Assert.Contains("Your password is set", (await AcceptAsync(invited, refused)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_has_a_user_already_is_refused_at_its_field()
    {
        await using var program = await TestProgram.StartAsync();
        var admin = await program.SignedInAsync();

        var refused = await admin.SubmitAsync(
            await admin.GetAsync("/gear/access/users"), "#add-user", ("Email", TestProgram.AdminEmail.ToUpperInvariant()), ("Role", "Viewer"));

        Assert.Equal("This user already has access. Select the user in the list to change the role or create a new link.", refused.Find("#email-error").TextContent);
        Assert.Single(refused.Document.QuerySelectorAll("[role=alert] li"));
        Assert.Empty(refused.Document.QuerySelectorAll("#link"));
    }

    private static async Task<string> InviteAsync(BrowserClient admin)
    {
        var added = await admin.SubmitAsync(await admin.GetAsync("/gear/access/users"), "#add-user", ("Email", TestProgram.ViewerEmail), ("Role", "Viewer"));
        return added.Find("#link").GetAttribute("value")!;
    }

    private static Task<BrowserPage> AcceptAsync(BrowserClient invited, BrowserPage page) =>
        invited.SubmitAsync(page, "form", ("Form.Password", TestProgram.ViewerPassword), ("Form.Repeated", TestProgram.ViewerPassword));
}
