using System.Buffers.Binary;
using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Access;
using Signify.Notifications.Audit;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SignInTests
{
    private const string Wrong = "not the password at all";

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        await using var program = await TestProgram.StartAsync();

        var known = await program.NewBrowser().SignInAsync(TestProgram.AdminEmail, Wrong);
        var unknown = await program.NewBrowser().SignInAsync("nobody@contoso.example", Wrong);

        Assert.Contains("The e-mail address or the password is wrong.", known.Text, StringComparison.Ordinal);
        Assert.Equal(known.Find("[role=alert]").TextContent, unknown.Find("[role=alert]").TextContent);
    }

    /// <summary>Whoever measures the answers learns from none of them whether the address has an account, or a locked or an invited one.</summary>
    [Theory]
    [InlineData(TestProgram.AdminEmail, false)]
    [InlineData("nobody@contoso.example", false)]
    [InlineData(TestProgram.AdminEmail, true)]
    [InlineData("nobody@contoso.example", true)]
    [InlineData("invited@contoso.com", false)]
    public async Task Each_try_costs_the_time_of_one_hash(string email, bool locked)
    {
        var hasher = new CountingHasher();
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Services = services => services.AddSingleton<IPasswordHasher<User>>(hasher) });
        var admin = await program.SignedInAsync();
        await admin.SubmitAsync(await admin.GetAsync("/gear/access/users"), "#add-user", ("Email", "invited@contoso.com"), ("Role", "Viewer"));
        var browser = program.NewBrowser();
        for (var failure = 1; locked && failure <= 5; failure++)
        {
            await browser.SignInAsync(email, Wrong);
        }

        hasher.Count = 0;
        await browser.SignInAsync(email, Wrong);

        Assert.Equal(1, hasher.Count);
    }

    [Fact]
    public async Task Wrong_passwords_in_the_profile_count_lock_and_are_logged()
    {
        await using var program = await TestProgram.StartAsync();
        var browser = await program.SignedInAsync();
        for (var failure = 1; failure <= 5; failure++)
        {
            Assert.Contains("This is not your present password", (await ChangeAsync(Wrong)).Text, StringComparison.Ordinal);
        }

        var right = await ChangeAsync(TestProgram.AdminPassword);
        var signIn = await program.NewBrowser().SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword);

        Assert.Contains("locked for 15 minutes", right.Text, StringComparison.Ordinal);
        Assert.Contains("locked for 15 minutes", signIn.Text, StringComparison.Ordinal);
        Assert.Equal(5, (await program.ReadAuditAsync()).Count(r => r.Action == AuditAction.SignInFailed && r.Details!.StartsWith("wrong password in the profile", StringComparison.Ordinal)));

        async Task<BrowserPage> ChangeAsync(string present) => await browser.SubmitAsync(
            await browser.GetAsync("/account/profile/password"), "#change-password", ("Present", present), ("Form.Password", "a new long password"), ("Form.Repeated", "a new long password"));
    }

    [Fact]
    public async Task A_password_is_kept_as_210_000_rounds_of_PBKDF2_with_SHA_512()
    {
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { HashInEarnest = true });
        await using var db = program.NewContext();

        var kept = Convert.FromBase64String((await db.Set<User>().SingleAsync(TestContext.Current.CancellationToken)).PasswordHash!);

        // Identity's third format: a mark, the function (2 is SHA-512), the rounds, each most significant byte first.
        Assert.Equal((1, 2u, 210_000u), (kept[0], BinaryPrimitives.ReadUInt32BigEndian(kept.AsSpan(1)), BinaryPrimitives.ReadUInt32BigEndian(kept.AsSpan(5))));
        await program.SignedInAsync();
    }

    [Theory]
    [InlineData(TestProgram.AdminEmail)]
    [InlineData("nobody@contoso.example")]
    public async Task Five_failures_lock_an_account_whether_it_exists_or_not(string email)
    {
        await using var program = await TestProgram.StartAsync();
        var browser = program.NewBrowser();
        for (var failure = 1; failure < 5; failure++)
        {
            Assert.DoesNotContain("locked", (await browser.SignInAsync(email, Wrong)).Text, StringComparison.Ordinal);
        }

        var fifth = await browser.SignInAsync(email, Wrong);
        var right = await browser.SignInAsync(email, TestProgram.AdminPassword);

        Assert.Contains("locked for 15 minutes", fifth.Text, StringComparison.Ordinal);
        Assert.Contains("locked for 15 minutes", right.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_unlocks_an_account()
    {
        await using var program = await TestProgram.StartAsync();
        var admin = await program.SignedInAsync();
        await program.AddUserAsync(admin, TestProgram.ViewerEmail, "Viewer");
        for (var failure = 1; failure <= 5; failure++)
        {
            await program.NewBrowser().SignInAsync(TestProgram.ViewerEmail, Wrong);
        }

        var users = await admin.GetAsync("/gear/access/users");
        var user = await admin.GetAsync(users.Document.Links().Single(l => l.TextContent == TestProgram.ViewerEmail).GetAttribute("href")!);
        await admin.SubmitAsync(user, "#unlock");

        Assert.Contains("Locked", users.Text, StringComparison.Ordinal);
        await program.SignedInAsync(TestProgram.ViewerEmail, TestProgram.ViewerPassword);
    }

    [Fact]
    public async Task An_address_that_posts_too_often_waits_a_minute_while_looking_stays_free()
    {
        await using var program = await TestProgram.StartAsync(("RateLimits:SignInsPerMinute", "3"));
        var browser = program.NewBrowser();
        for (var i = 0; i < 3; i++)
        {
            await browser.SignInAsync($"nobody{i}@contoso.example", Wrong);
        }

        var refused = await browser.SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("60", refused.Response.Headers.RetryAfter?.ToString());
        Assert.Contains("Wait a minute", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/signin")).Status);
    }

    [Theory]
    [InlineData("/account/profile", "/account/profile")]
    [InlineData("https://evil.example/", "/gear/ruleset/notifications")]
    [InlineData("//evil.example/", "/gear/ruleset/notifications")]
    [InlineData("/\\evil.example", "/gear/ruleset/notifications")]
    public async Task After_signing_in_one_is_sent_back_but_never_to_another_host(string returnUrl, string expected)
    {
        await using var program = await TestProgram.StartAsync();

        var page = await program.NewBrowser().SignInAsync(
            TestProgram.AdminEmail, TestProgram.AdminPassword, "/account/signin?returnUrl=" + Uri.EscapeDataString(returnUrl));

        Assert.Equal("localhost", page.Address.Host);
        Assert.Equal(expected, page.Address.AbsolutePath);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var program = await TestProgram.StartAsync();
        var browser = await program.SignedInAsync();

        var page = await browser.SubmitAsync(await browser.GetAsync("/account/profile"), "form[action='/account/signout']");

        Assert.Contains("You are signed out", page.Text, StringComparison.Ordinal);
        Assert.Equal("/account/signin", (await browser.GetAsync("/account/profile")).Address.AbsolutePath);
    }

    [Fact]
    public async Task Successes_and_failures_are_in_the_audit_log_and_no_address_is_in_the_program_log()
    {
        await using var program = await TestProgram.StartAsync();
        await program.NewBrowser().SignInAsync(TestProgram.AdminEmail, Wrong);
        await program.NewBrowser().SignInAsync("a password typed into the wrong field", Wrong);
        await program.SignedInAsync();

        var rows = await program.ReadAuditAsync();

        Assert.Equal(
            [AuditAction.SignedIn, AuditAction.SignInFailed, AuditAction.SignInFailed, AuditAction.UserAdded, AuditAction.ApiKeyMade],
            rows.Select(r => r.Action));
        Assert.Equal(TestProgram.AdminEmail, rows[0].By);
        Assert.DoesNotContain(rows, r => (r.By + r.Target + r.Details).Contains("typed into", StringComparison.Ordinal));
        Assert.DoesNotContain(TestProgram.AdminEmail, program.Log.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(TestProgram.AdminPassword, program.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, program.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(TestProgram.AdminPassword, program.ReadDatabaseFiles(), StringComparison.Ordinal);
    }

    private sealed class CountingHasher : IPasswordHasher<User>
    {
        private readonly PasswordHasher<User> _real = new();

        public int Count { get; set; }

        public string HashPassword(User user, string password)
        {
            Count++;
            return _real.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            Count++;
            return _real.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
