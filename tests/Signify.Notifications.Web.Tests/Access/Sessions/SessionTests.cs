using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Audit;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access.Sessions;

/// <summary>What ends a session ends it on the server: a copy of the cookie opens nothing afterwards.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class SessionTests
{
    private const string Profile = "/account/profile";
    private const string SessionsPage = "/account/profile/sessions";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copied_cookie_opens_nothing_after_sign_out()
    {
        await using var program = await TestProgram.StartAsync();
        var (browser, thief) = await CopiedAsync(program);
        Assert.Equal(Profile, (await thief.GetAsync(Profile)).Address.AbsolutePath);

        await browser.SubmitAsync(await browser.GetAsync(Profile), "form[action='/account/signout']");

        Assert.Equal("/account/signin", (await thief.GetAsync(Profile)).Address.AbsolutePath);
        Assert.Empty(await RowsAsync(program));
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions_and_the_copies_of_this_one()
    {
        await using var program = await TestProgram.StartAsync();
        var (browser, thief) = await CopiedAsync(program);
        var other = await program.SignedInAsync();

        var changed = await browser.SubmitAsync(await browser.GetAsync("/account/profile/password"), "#change-password",
            ("Present", TestProgram.AdminPassword), ("Form.Password", "four loud yellow drums"), ("Form.Repeated", "four loud yellow drums"));

        Assert.Contains("The password is changed", changed.Text, StringComparison.Ordinal);
        Assert.Equal("/account/signin", (await thief.GetAsync(Profile)).Address.AbsolutePath);
        Assert.Equal("/account/signin", (await other.GetAsync(Profile)).Address.AbsolutePath);
        Assert.Equal(Profile, (await browser.GetAsync(Profile)).Address.AbsolutePath);
        Assert.Single(await RowsAsync(program));
    }

    [Fact]
    public async Task A_second_factor_that_is_set_up_ends_the_other_sessions()
    {
        await using var program = await TestProgram.StartAsync();
        var browser = await program.SignedInAsync();
        var other = await program.SignedInAsync();

        await SecondStepTests.SetUpAsync(browser);

        Assert.Equal("/account/signin", (await other.GetAsync(Profile)).Address.AbsolutePath);
        Assert.Equal(Profile, (await browser.GetAsync(Profile)).Address.AbsolutePath);
    }

    [Fact]
    public async Task A_second_factor_that_an_administrator_resets_ends_all_sessions_of_the_user()
    {
        await using var program = await TestProgram.StartAsync();
        var viewer = await program.SignedInViewerAsync();
        await SecondStepTests.SetUpAsync(viewer);
        var admin = await program.SignedInAsync();
        var users = await admin.GetAsync("/gear/access/users");
        var user = await admin.GetAsync(users.Document.Links().Single(l => l.TextContent == TestProgram.ViewerEmail).GetAttribute("href")!);

        await admin.SubmitAsync(user, "#reset");

        Assert.Equal("/account/signin", (await viewer.GetAsync(Profile)).Address.AbsolutePath);
    }

    [Theory]
    [InlineData(null, 12)]
    [InlineData("01:00:00", 1)]
    public async Task A_session_ends_at_its_absolute_limit_however_active_it_is(string? lifetime, int hours)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await TestProgram.StartAsync(new TestProgramOptions
        {
            Clock = clock,
            Settings = lifetime is null ? [] : new Dictionary<string, string> { ["Sessions:AbsoluteLifetime"] = lifetime },
        });
        var browser = await program.SignedInAsync();

        for (var minutes = 0; minutes < (hours * 60) - 30; minutes += 30)
        {
            clock.Advance(TimeSpan.FromMinutes(30));
            Assert.Equal(Profile, (await browser.GetAsync(Profile)).Address.AbsolutePath);
        }

        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("/account/signin", (await browser.GetAsync(Profile)).Address.AbsolutePath);
    }

    [Fact]
    public async Task A_session_without_requests_ends_after_8_hours()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Clock = clock });
        var browser = await program.SignedInAsync();

        clock.Advance(UserSessions.IdleLimit + TimeSpan.FromMinutes(2));

        Assert.Empty(await program.Services.GetRequiredService<UserSessions>().ListAsync((await RowsAsync(program))[0].UserId, Ct));
        Assert.Equal("/account/signin", (await browser.GetAsync(Profile)).Address.AbsolutePath);
    }

    [Fact]
    public async Task The_profile_lists_sessions_and_ends_one_of_them()
    {
        await using var program = await TestProgram.StartAsync();
        var browser = await program.SignedInAsync();
        var other = program.NewBrowser();
        other.Http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0");
        await other.SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword);

        var page = await browser.GetAsync(SessionsPage);
        var ended = await browser.SubmitAsync(page, "form[action*=End]");

        Assert.Equal(2, page.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("Firefox on Windows", page.Text, StringComparison.Ordinal);
        Assert.Single(page.Document.QuerySelectorAll("tbody tr"), row => row.TextContent.Contains("This device", StringComparison.Ordinal));
        Assert.Single(ended.Document.QuerySelectorAll("tbody tr"));
        Assert.Equal("/account/signin", (await other.GetAsync(Profile)).Address.AbsolutePath);
        Assert.Equal(AuditAction.SessionsEnded, (await program.ReadAuditAsync())[0].Action);
    }

    [Theory]
    [InlineData("#end-others", false)]
    [InlineData("#end-all", true)]
    public async Task The_profile_ends_all_other_sessions_or_all(string form, bool thisOne)
    {
        await using var program = await TestProgram.StartAsync();
        var browser = await program.SignedInAsync();
        var other = await program.SignedInAsync();

        await browser.SubmitAsync(await browser.GetAsync(SessionsPage), form);

        Assert.Equal("/account/signin", (await other.GetAsync(Profile)).Address.AbsolutePath);
        Assert.Equal(thisOne ? "/account/signin" : Profile, (await browser.GetAsync(Profile)).Address.AbsolutePath);
    }

    [Fact]
    public async Task A_session_of_somebody_else_is_not_ended()
    {
        await using var program = await TestProgram.StartAsync();
        var viewer = await program.SignedInViewerAsync();
        var browser = await program.SignedInAsync();
        await program.SignedInAsync();
        Guid others;
        await using (var db = program.NewContext())
        {
            others = await db.Set<UserSession>().Where(s => db.Set<Signify.Notifications.Access.User>().Any(u => u.Id == s.UserId && u.Email == TestProgram.ViewerEmail))
                .Select(s => s.Id).SingleAsync(Ct);
        }

        await browser.SubmitAsync(await browser.GetAsync(SessionsPage), "form[action*=End]", ("id", others.ToString()));

        Assert.Equal(Profile, (await viewer.GetAsync(Profile)).Address.AbsolutePath);
    }

    [Fact]
    public async Task The_token_of_a_session_is_stored_as_its_hash()
    {
        await using var program = await TestProgram.StartAsync();
        var sessions = program.Services.GetRequiredService<UserSessions>();
        await program.SignedInAsync();
        var user = (await RowsAsync(program))[0].UserId;

        var token = await sessions.StartAsync(user, multiFactor: false, new SessionOrigin("a test", "::1"), Ct);

        Assert.NotNull(await sessions.FindAsync(token, new SessionOrigin("a test", "::1"), Ct));
        Assert.DoesNotContain(token, program.ReadDatabaseFiles(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_that_ran_out_are_deleted_and_a_user_has_a_bounded_number()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Clock = clock });
        var sessions = program.Services.GetRequiredService<UserSessions>();
        await program.SignedInAsync();
        var user = (await RowsAsync(program))[0].UserId;
        for (var i = 0; i < UserSessions.MostOfUser + 3; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await sessions.StartAsync(user, multiFactor: false, new SessionOrigin("a test", "::1"), Ct);
        }

        var most = (await RowsAsync(program)).Count;
        clock.Advance(TimeSpan.FromHours(12));
        var deleted = await sessions.DeleteExpiredAsync(Ct);

        Assert.Equal((UserSessions.MostOfUser, UserSessions.MostOfUser), (most, deleted));
        Assert.Empty(await RowsAsync(program));
    }

    /// <summary>A browser that is signed in, and another one with a copy of its cookies.</summary>
    private static async Task<(BrowserClient Browser, BrowserClient Thief)> CopiedAsync(TestProgram program)
    {
        var cookies = new CookieContainer();
        var browser = program.NewBrowser(cookies);
        await browser.SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword);
        var copy = new CookieContainer();
        copy.Add(cookies.GetAllCookies());
        return (browser, program.NewBrowser(copy));
    }

    private static async Task<List<UserSession>> RowsAsync(TestProgram program)
    {
        await using var db = program.NewContext();
        return await db.Set<UserSession>().ToListAsync(Ct);
    }
}
