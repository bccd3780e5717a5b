using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access.Sessions;

/// <summary>Server-sent events end with the session or the access that opened them.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class SessionStreamTests
{
    private static readonly Uri Events = new("/api/v1/events", UriKind.Relative);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The clock stands still: what ends the stream is the end of the session, and no timer.</summary>
    [Theory]
    [InlineData("sign-out")]
    [InlineData("revoked")]
    [InlineData("everywhere")]
    [InlineData("password")]
    [InlineData("removed-user")]
    public async Task A_stream_ends_at_once_with_its_session(string cause)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Clock = clock });
        var cookies = new CookieContainer();
        var listener = program.NewBrowser(cookies);
        await listener.SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword);
        var admin = cause is "sign-out" ? program.NewBrowser(cookies) : await program.SignedInAsync();
        using var answer = await listener.Http.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var end = answer.Content.ReadAsStringAsync(Ct);

        await EndAsync(program, admin, cause);

        await end.WaitAsync(TestTimeouts.Step, Ct);
    }

    [Theory]
    [InlineData("session")]
    [InlineData("access")]
    [InlineData("two-factor")]
    [InlineData("expiry")]
    public async Task A_stream_ends_within_seconds_when_another_process_ends_its_session_or_access(string cause)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Clock = clock });
        var listener = await program.SignedInAsync();
        using var answer = await listener.Http.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var end = answer.Content.ReadAsStringAsync(Ct);

        await using (var db = program.NewContext())
        {
            await (cause switch
            {
                "session" => db.Set<UserSession>().ExecuteDeleteAsync(Ct),
                "access" => db.Set<RulesetMember>().ExecuteDeleteAsync(Ct),
                "two-factor" => db.Set<Ruleset>().ExecuteUpdateAsync(set => set.SetProperty(r => r.RequireTwoFactor, true), Ct),
                _ => db.Set<UserSession>().ExecuteUpdateAsync(set => set.SetProperty(s => s.ExpiresAt, clock.GetUtcNow()), Ct),
            });
        }

        for (var steps = 0; !end.IsCompleted && steps < 100; steps++)
        {
            clock.Advance(AccessWatch.Interval);
            await Task.WhenAny(end, Task.Delay(TimeSpan.FromMilliseconds(200), Ct));
        }

        await end.WaitAsync(TestTimeouts.Step, Ct);
        Assert.Equal(TimeSpan.FromSeconds(5), AccessWatch.Interval);
    }

    private static async Task EndAsync(TestProgram program, BrowserClient admin, string cause)
    {
        switch (cause)
        {
            case "sign-out":
                await admin.SubmitAsync(await admin.GetAsync("/account/profile"), "form[action='/account/signout']");
                break;
            case "revoked":
                await admin.SubmitAsync(await admin.GetAsync("/account/profile/sessions"), "form[action*=End]");
                break;
            case "everywhere":
                await admin.SubmitAsync(await admin.GetAsync("/account/profile/sessions"), "#end-all");
                break;
            case "password":
                var changed = await admin.SubmitAsync(await admin.GetAsync("/account/profile/password"), "#change-password",
                    ("Present", TestProgram.AdminPassword), ("Form.Password", "four loud yellow drums"), ("Form.Repeated", "four loud yellow drums"));
                Assert.Contains("The password is changed", changed.Text, StringComparison.Ordinal);
                break;
            default:
                await using (var db = program.NewContext())
                {
                    await db.Set<User>().ExecuteDeleteAsync(Ct);
                }

                program.Services.GetRequiredService<UserSessions>().Announce();
                break;
        }
    }
}
