using System.Net;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SecondStepTests
{
    [Fact]
    public async Task After_setting_it_up_a_sign_in_needs_the_code_of_the_app()
    {
        await using var program = await TestProgram.StartAsync();
        var (key, _) = await SetUpAsync(program);
        var browser = program.NewBrowser();

        var asked = await browser.SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword, "/account/signin?returnUrl=%2Faccount%2Fprofile");
        var barred = await browser.GetAsync("/account/profile");
        var wrong = await browser.SubmitAsync(asked, "#authenticator", ("Code", "000000"));
        var entered = await browser.SubmitAsync(wrong, "#authenticator", ("Code", await Totp.NextAsync(key)));

        Assert.Equal("/account/twofactor", asked.Address.AbsolutePath);
        Assert.Equal("/account/signin", barred.Address.AbsolutePath);
        Assert.Contains("This code is wrong", wrong.Text, StringComparison.Ordinal);
        Assert.Equal("/account/profile", entered.Address.AbsolutePath);
    }

    [Fact]
    public async Task A_code_is_good_once_from_one_step_before_its_own_to_one_after_and_none_before_it_any_more()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Clock = clock });
        var (key, _) = await SetUpAsync(await program.SignedInAsync(), clock);
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.False(await EntersAsync(-2));
        Assert.False(await EntersAsync(2));
        Assert.True(await EntersAsync(-1));
        Assert.False(await EntersAsync(-1));
        Assert.True(await EntersAsync(1));
        Assert.False(await EntersAsync(0));
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.False(await EntersAsync(0));
        Assert.True(await EntersAsync(1));

        async Task<bool> EntersAsync(int steps)
        {
            var browser = program.NewBrowser();
            var asked = await browser.SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword);
            var page = await browser.SubmitAsync(asked, "#authenticator", ("Code", Totp.Code(key, clock.GetUtcNow().AddSeconds(30 * steps))));
            return page.Address.AbsolutePath != "/account/twofactor";
        }
    }

    [Fact]
    public async Task Of_two_who_enter_the_same_code_at_once_one_is_let_in()
    {
        await using var program = await TestProgram.StartAsync();
        var (key, _) = await SetUpAsync(program);
        var asked = new List<(BrowserClient Browser, BrowserPage Page)>();
        for (var i = 0; i < 4; i++)
        {
            var browser = program.NewBrowser();
            asked.Add((browser, await browser.SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword)));
        }

        var code = await Totp.NextAsync(key);
        var entered = await Task.WhenAll(asked.Select(a => a.Browser.SubmitAsync(a.Page, "#authenticator", ("Code", code))));

        Assert.Single(entered, page => page.Address.AbsolutePath != "/account/twofactor");
    }

    [Fact]
    public async Task Each_recovery_code_lets_in_once()
    {
        await using var program = await TestProgram.StartAsync();
        var (_, codes) = await SetUpAsync(program);

        var first = await RecoverAsync(program, codes[0]);
        var second = await RecoverAsync(program, codes[0]);
        var other = await RecoverAsync(program, codes[1]);

        Assert.NotEqual("/account/twofactor", first.Address.AbsolutePath);
        Assert.Contains("was used already", second.Text, StringComparison.Ordinal);
        Assert.NotEqual("/account/twofactor", other.Address.AbsolutePath);
    }

    [Fact]
    public async Task Wrong_codes_lock_the_account_like_wrong_passwords()
    {
        await using var program = await TestProgram.StartAsync();
        await SetUpAsync(program);
        var browser = program.NewBrowser();
        var page = await browser.SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword);
        for (var failure = 1; failure <= 5; failure++)
        {
            page = await browser.SubmitAsync(page, "#authenticator", ("Code", "000000"));
        }

        Assert.Contains("locked for 15 minutes", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_and_the_codes_are_not_readable_in_the_database_and_show_only_once()
    {
        await using var program = await TestProgram.StartAsync();
        var (key, codes) = await SetUpAsync(program);
        var later = await (await SignedInWithCodeAsync(program, key)).GetAsync("/account/profile/secondstep");

        var stored = program.ReadDatabaseFiles();

        Assert.DoesNotContain(key, stored, StringComparison.OrdinalIgnoreCase);
        Assert.All(codes, code => Assert.DoesNotContain(code, stored, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(later.Document.QuerySelectorAll("#key, svg.qr, #recovery-codes"));
        Assert.Contains("AuthenticatorKey", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turning_it_off_lets_the_password_alone_sign_in()
    {
        await using var program = await TestProgram.StartAsync();
        var (key, _) = await SetUpAsync(program);
        var browser = await SignedInWithCodeAsync(program, key);

        var off = await browser.SubmitAsync(await browser.GetAsync("/account/profile/secondstep"), "#disable");

        Assert.Contains("The second step is off", off.Text, StringComparison.Ordinal);
        await program.SignedInAsync();
    }

    [Fact]
    public async Task An_administrator_resets_it_for_a_user_who_lost_the_phone()
    {
        await using var program = await TestProgram.StartAsync();
        var admin = await program.SignedInAsync();
        await program.AddUserAsync(admin, TestProgram.ViewerEmail, "Viewer");
        await SetUpAsync(await program.SignedInAsync(TestProgram.ViewerEmail, TestProgram.ViewerPassword));

        var users = await admin.GetAsync("/gear/access/users");
        var user = await admin.GetAsync(users.Document.Links().Single(l => l.TextContent == TestProgram.ViewerEmail).GetAttribute("href")!);
        var reset = await admin.SubmitAsync(user, "#reset");

        Assert.Contains("The second step is reset", reset.Text, StringComparison.Ordinal);
        var page = await program.NewBrowser().SignInAsync(TestProgram.ViewerEmail, TestProgram.ViewerPassword);
        Assert.NotEqual("/account/twofactor", page.Address.AbsolutePath);
    }

    [Fact]
    public async Task With_the_key_ring_lost_it_reads_as_not_set_and_the_profile_says_so()
    {
        var data = Directory.CreateTempSubdirectory("signify-test-");
        try
        {
            await using (var before = await TestProgram.StartAsync(new TestProgramOptions { DataDirectory = data.FullName }))
            {
                await SetUpAsync(before);
            }

            await TestProgram.LoseKeysAsync(data.FullName);
            await using var after = await TestProgram.StartAsync(new TestProgramOptions { DataDirectory = data.FullName });

            var profile = await (await after.SignedInAsync()).GetAsync("/account/profile");

            Assert.Equal(HttpStatusCode.OK, profile.Status);
            Assert.Contains("can no longer be read", profile.Text, StringComparison.Ordinal);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    internal static async Task<(string Key, IReadOnlyList<string> Codes)> SetUpAsync(TestProgram program) => await SetUpAsync(await program.SignedInAsync());

    internal static async Task<(string Key, IReadOnlyList<string> Codes)> SetUpAsync(BrowserClient browser, TimeProvider? clock = null)
    {
        var start = await browser.GetAsync("/account/profile/secondstep");
        var setUp = await browser.SubmitAsync(start, "#start");
        var key = setUp.Find("#key").TextContent.Replace(" ", "", StringComparison.Ordinal);
        Assert.NotNull(setUp.Document.QuerySelector("svg.qr path"));
        var done = await browser.SubmitAsync(setUp, "#enable", ("code", clock is null ? await Totp.NextAsync(key) : Totp.Code(key, clock.GetUtcNow())));
        return (key, done.Find("#recovery-codes").TextContent.Split('\n'));
    }

    private static async Task<BrowserPage> RecoverAsync(TestProgram program, string code)
    {
        var browser = program.NewBrowser();
        var asked = await browser.SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword);
        return await browser.SubmitAsync(asked, "#recovery", ("Code", code));
    }

    internal static async Task<BrowserClient> SignedInWithCodeAsync(TestProgram program, string key)
    {
        var browser = program.NewBrowser();
        await browser.SubmitAsync(await browser.SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword), "#authenticator", ("Code", await Totp.NextAsync(key)));
        return browser;
    }
}
