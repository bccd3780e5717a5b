using System.Net;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Audit;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access.Sessions;

/// <summary>A session left open is no place to change how its user signs in.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class ConfirmTests
{
    private const string SecondStep = "/account/profile/secondstep";
    private const string Confirm = "/account/confirm";
    private const string Wrong = "not the password at all";

    [Theory]
    [InlineData("/account/profile/secondstep")]
    [InlineData("/account/profile/passkeys")]
    [InlineData("/account/profile/password")]
    [InlineData("/account/profile/sessions")]
    public async Task Ten_minutes_after_the_sign_in_a_page_asks_and_leads_back(string page)
    {
        var (program, clock) = await StartAsync();
        await using var _ = program;
        var browser = await program.SignedInAsync();
        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(page, (await browser.GetAsync(page)).Address.AbsolutePath);
        clock.Advance(TimeSpan.FromMinutes(2));

        var asked = await browser.GetAsync(page);
        var back = await browser.SubmitAsync(asked, "#confirm", ("Password", TestProgram.AdminPassword));

        Assert.Equal(Confirm, asked.Address.AbsolutePath);
        Assert.Equal(page, back.Address.AbsolutePath);
        Assert.Equal(AuditAction.SignInConfirmed, (await program.ReadAuditAsync())[0].Action);
    }

    [Theory]
    [InlineData("#start", SecondStep)]
    [InlineData("form[data-passkey]", PasskeySteps.Page)]
    [InlineData("#change-password", "/account/profile/password")]
    public async Task What_is_posted_from_a_page_left_open_is_not_done(string form, string address)
    {
        var (program, clock) = await StartAsync();
        await using var _ = program;
        using var device = new SoftwareAuthenticator("http://localhost");
        var browser = await program.SignedInAsync();
        var page = await browser.GetAsync(address);
        var credential = form.Contains("passkey", StringComparison.Ordinal) ? device.Create(await browser.PasskeyOptionsAsync(page)) : "";
        clock.Advance(TimeSpan.FromMinutes(11));

        var posted = await browser.SubmitAsync(page, form, ("credential", credential), ("Present", TestProgram.AdminPassword),
            ("Form.Password", "four loud yellow drums"), ("Form.Repeated", "four loud yellow drums"));

        Assert.Equal(Confirm, posted.Address.AbsolutePath);
        Assert.DoesNotContain(await program.ReadAuditAsync(), r =>
            r.Action is AuditAction.TwoFactorChanged or AuditAction.PasskeyAdded or AuditAction.PasswordChanged);
    }

    [Fact]
    public async Task With_two_factor_authentication_the_password_alone_confirms_nothing()
    {
        var (program, clock) = await StartAsync();
        await using var _ = program;
        var browser = await program.SignedInAsync();
        var (key, codes) = await SecondStepTests.SetUpAsync(browser, clock);
        clock.Advance(TimeSpan.FromMinutes(11));

        var asked = await browser.GetAsync(SecondStep);
        var without = await browser.SubmitAsync(asked, "#confirm", ("Password", TestProgram.AdminPassword), ("Code", ""));
        var wrong = await browser.SubmitAsync(asked, "#confirm", ("Password", TestProgram.AdminPassword), ("Code", "000000"));
        var right = await browser.SubmitAsync(asked, "#confirm", ("Password", TestProgram.AdminPassword), ("Code", Totp.Code(key, clock.GetUtcNow())));
        clock.Advance(TimeSpan.FromMinutes(11));
        var recovered = await browser.SubmitAsync(await browser.GetAsync(SecondStep), "#confirm", ("Password", TestProgram.AdminPassword), ("Code", codes[0]));

        Assert.Contains("The password or the code is wrong", without.Text, StringComparison.Ordinal);
        Assert.Contains("The password or the code is wrong", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(SecondStep, right.Address.AbsolutePath);
        Assert.Equal(SecondStep, recovered.Address.AbsolutePath);
        Assert.Contains("9 recovery codes left", recovered.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passkey_confirms_also_while_the_account_is_locked()
    {
        var (program, clock) = await StartAsync();
        await using var _ = program;
        using var device = new SoftwareAuthenticator("http://localhost");
        var browser = await program.SignedInAsync();
        await browser.AddPasskeyAsync(device);
        for (var failure = 1; failure <= 5; failure++)
        {
            await program.NewBrowser().SignInAsync(TestProgram.AdminEmail, Wrong);
        }

        clock.Advance(TimeSpan.FromMinutes(11));
        var asked = await browser.GetAsync(SecondStep);

        var byPassword = await browser.SubmitAsync(asked, "#confirm", ("Password", TestProgram.AdminPassword));
        var forged = await browser.SubmitAsync(asked, "form[data-passkey]", ("credential", device.Get(await browser.PasskeyOptionsAsync(asked), forge: true)));
        var byPasskey = await browser.SubmitAsync(asked, "form[data-passkey]", ("credential", device.Get(await browser.PasskeyOptionsAsync(asked))));

        Assert.Contains("locked for 15 minutes", byPassword.Text, StringComparison.Ordinal);
        Assert.Contains("was not accepted", forged.Text, StringComparison.Ordinal);
        Assert.Equal(SecondStep, byPasskey.Address.AbsolutePath);
    }

    [Fact]
    public async Task Another_users_passkey_confirms_nothing()
    {
        var (program, clock) = await StartAsync();
        await using var _ = program;
        using var others = new SoftwareAuthenticator("http://localhost");
        using var own = new SoftwareAuthenticator("http://localhost");
        await (await program.SignedInViewerAsync()).AddPasskeyAsync(others);
        var browser = await program.SignedInAsync();
        await browser.AddPasskeyAsync(own);
        clock.Advance(TimeSpan.FromMinutes(11));
        var asked = await browser.GetAsync(SecondStep);

        var refused = await browser.SubmitAsync(asked, "form[data-passkey]", ("credential", others.Get(await browser.PasskeyOptionsAsync(asked))));

        Assert.Contains("was not accepted", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_passwords_lock_and_are_logged_like_those_of_a_sign_in()
    {
        var (program, clock) = await StartAsync();
        await using var _ = program;
        var browser = await program.SignedInAsync();
        clock.Advance(TimeSpan.FromMinutes(11));
        var page = await browser.GetAsync(SecondStep);
        for (var failure = 1; failure <= 5; failure++)
        {
            page = await browser.SubmitAsync(page, "#confirm", ("Password", Wrong));
        }

        var right = await browser.SubmitAsync(page, "#confirm", ("Password", TestProgram.AdminPassword));
        var signIn = await program.NewBrowser().SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword);

        Assert.Contains("locked for 15 minutes", page.Text, StringComparison.Ordinal);
        Assert.Contains("locked for 15 minutes", right.Text, StringComparison.Ordinal);
        Assert.Contains("locked for 15 minutes", signIn.Text, StringComparison.Ordinal);
        Assert.Equal(5, (await program.ReadAuditAsync()).Count(r =>
            r.Action == AuditAction.SignInFailed && r.Details!.StartsWith("wrong password or code while signed in", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Attempts_are_limited_by_address()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await TestProgram.StartAsync(new TestProgramOptions
        {
            Clock = clock,
            Settings = new Dictionary<string, string> { ["RateLimits:SignInsPerMinute"] = "3" },
        });
        var browser = await program.SignedInAsync();
        clock.Advance(TimeSpan.FromMinutes(11));
        var page = await browser.GetAsync(SecondStep);
        await browser.SubmitAsync(page, "#confirm", ("Password", Wrong));
        await browser.SubmitAsync(page, "#confirm", ("Password", Wrong));

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SubmitAsync(page, "#confirm", ("Password", Wrong))).Status);
    }

    [Fact]
    public async Task It_never_leads_to_another_host()
    {
        var (program, clock) = await StartAsync();
        await using var _ = program;
        var browser = await program.SignedInAsync();
        clock.Advance(TimeSpan.FromMinutes(11));

        var back = await browser.SubmitAsync(
            await browser.GetAsync($"{Confirm}?returnUrl=https%3A%2F%2Fevil.example%2F"), "#confirm", ("Password", TestProgram.AdminPassword));

        Assert.Equal("localhost", back.Address.Host);
    }

    private static async Task<(TestProgram Program, FakeTimeProvider Clock)> StartAsync()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        return (await TestProgram.StartAsync(new TestProgramOptions { Clock = clock }), clock);
    }
}
