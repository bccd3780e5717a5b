using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Delivery;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Sqlite;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api.HandIn;

/// <summary>A hand-in while the disk is full: told so, and nothing of it is there.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class FullDiskTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_full_disk_a_hand_in_is_refused_with_503_and_what_was_acknowledged_before_is_read_and_kept()
    {
        var room = new DiskRoom();
        await using var program = await TestProgram.StartAsync(new TestProgramOptions
        {
            Services = services => services.ConfigureDbContext<SqliteNotificationsDbContext>(options => options.AddInterceptors(room)),
        });
        using var api = program.NewApiClient();
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(api, "before")).StatusCode);
        await using (var db = await NewContextAsync(program))
        {
            await db.Database.OpenConnectionAsync(Ct);
            await room.LimitAsync(db.Database.GetDbConnection(), 0, Ct);
        }

        using var refused = await PostAsync(api, new string('x', 20_000));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(TimeSpan.FromSeconds(10), refused.Headers.RetryAfter?.Delta);
        var words = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Contains("Nothing was queued. The disk is full.", words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync(new Uri("/api/v1/notifications", UriKind.Relative), Ct)).StatusCode);

        room.Free();
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(api, "after")).StatusCode);
        await using var rows = await NewContextAsync(program);
        Assert.Equal(["before", "after"], await rows.Set<MailingContent>().OrderBy(c => c.MailingId).Select(c => c.Text).ToListAsync(Ct));
        Assert.Equal(2, await rows.Set<Notification>().CountAsync(Ct));
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient api, string text) => api.PostAsync(
        "/api/v1/notifications", new StringContent($$"""{ "to": "anna@contoso.com", "subject": "Hello", "text": "{{text}}" }""", null, "application/json"), Ct);

    private static Task<NotificationsDbContext> NewContextAsync(TestProgram program) =>
        program.Services.GetRequiredService<IDbContextFactory<NotificationsDbContext>>().CreateDbContextAsync(Ct);
}
