using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>Live progress over HTTP. Nothing here waits for a time, only for events.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class DeliveryEventsTests : IAsyncLifetime
{
    private TestProgram _program = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _program = await TestProgram.StartAsync(("Dispatch:Enabled", "false"));

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Fact]
    public async Task Who_listens_is_told_how_things_stand_and_then_each_change_whoever_made_it()
    {
        var (id, _) = await _program.AddMailingAsync([NotificationState.Queued, NotificationState.Queued]);
        await using var events = await FollowAsync();
        Assert.Equal(2, (await events.NextAsync("overview", _ => true)).GetProperty("waiting").GetInt32());
        Assert.False((await events.NextAsync("hold", _ => true)).GetProperty("held").GetBoolean());
        Assert.Equal($"{id}", (await events.NextAsync("mailing", _ => true)).GetProperty("id").GetString());

        await _program.PostAsync($"/api/v1/mailings/{id}/pause");
        await events.NextAsync("mailing", m => m.GetProperty("state").GetString() == "paused");
        await _program.PostAsync("/api/v1/hold");
        await events.NextAsync("hold", h => h.GetProperty("held").GetBoolean());

        // As another process of a cluster would: nobody signals it.
        await using (var db = _program.NewContext())
        {
            await db.Set<Mailing>().ExecuteUpdateAsync(set => set.SetProperty(m => m.Sent, 2).SetProperty(m => m.State, MailingState.Active), Stop);
        }

        var finished = await events.NextAsync("mailing", m => m.GetProperty("counts").GetProperty("sent").GetInt32() == 2);
        Assert.Equal("sent", finished.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Another_rulesets_mailings_are_not_told()
    {
        int other;
        await using (var db = _program.NewContext())
        {
            var ruleset = new Notifications.Rulesets.Ruleset { Id = Guid.NewGuid(), Name = "Other", CreatedAt = TimeProvider.System.GetUtcNow() };
            var mailbox = new Mailbox { RulesetId = ruleset.Id };
            db.AddRange(ruleset, mailbox);
            await db.SaveChangesAsync(Stop);
            other = mailbox.Id;
        }

        await _program.AddMailingAsync([NotificationState.Queued], other);
        await using var events = await FollowAsync();
        var (ours, _) = await _program.AddMailingAsync([NotificationState.Queued]);

        // Theirs is older: it would have come first.
        Assert.Equal($"{ours}", (await events.NextAsync("mailing", _ => true)).GetProperty("id").GetString());
    }

    private async Task<Followed> FollowAsync()
    {
        var api = _program.NewApiClient();
        var response = await api.GetAsync(new Uri("/api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop);
        var stream = await response.Content.ReadAsStreamAsync(Stop);
        return new Followed(api, response, SseParser.Create(stream).EnumerateAsync(Stop).GetAsyncEnumerator(Stop));
    }

    private sealed class Followed(HttpClient api, HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> events) : IAsyncDisposable
    {
        public async Task<JsonElement> NextAsync(string name, Func<JsonElement, bool> wanted)
        {
            while (await events.MoveNextAsync())
            {
                var state = JsonDocument.Parse(events.Current.Data).RootElement;
                if (events.Current.EventType == name && wanted(state))
                {
                    return state;
                }
            }

            throw new InvalidOperationException($"The events ended before {name}.");
        }

        public async ValueTask DisposeAsync()
        {
            await events.DisposeAsync();
            response.Dispose();
            api.Dispose();
        }
    }
}
