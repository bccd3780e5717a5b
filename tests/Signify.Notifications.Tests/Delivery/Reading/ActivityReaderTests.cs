using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Delivery.Retention;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Delivery.NotificationState;

namespace Signify.Notifications.Tests.Delivery.Reading;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class ActivityReaderTests : IAsyncLifetime
{
    private DeliveryLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await DeliveryLab.StartAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    public static TheoryData<string, string?, bool, NotificationState[], bool> Searches => new()
    {
        { "all", null, false, [], false },
        { "failed", null, false, [Failed], false },
        { "failed or in doubt", null, false, [Failed, InDoubt], false },
        { "waiting", null, false, [Queued, Scheduled, Paused], false },
        { "waiting or sent", null, false, [Queued, Sent], false },
        { "of the mailing", null, false, [], true },
        { "failed of the mailing", null, false, [Failed], true },
        { "to one", "anna@contoso.com", false, [], false },
        { "to one in capitals", "Anna@Contoso.com", false, [], false },
        { "failed to one of the mailing", "anna@contoso.com", false, [Failed], true },
        { "beginning", "a", true, [], false },
        { "beginning, failed", "a", true, [Failed, Sent], false },
    };

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task Paging_finds_each_once_there_and_back_while_others_are_added(string what, string? to, bool begins, NotificationState[] states, bool ofMailing)
    {
        NotificationState[] all = [.. Enumerable.Range(0, 60).Select(i => (NotificationState)(i * 7 % 10))];
        string To(int i) => i % 3 == 0 ? "anna@contoso.com" : i % 3 == 1 ? $"b{i}@contoso.com" : $"a{i % 4}@contoso.com";
        var mailing = await _lab.AddAsync(MailingState.Active, all, to: To);
        await _lab.AddAsync(MailingState.Active, all, to: To);
        var other = await _lab.AddRulesetAsync("Other");
        await _lab.AddAsync(MailingState.Active, all, other.Mailbox, to: To);
        var search = new ActivitySearch { Recipient = to, BeginsWith = begins, States = states, MailingId = ofMailing ? mailing.Id : null };
        var expected = await ExpectedAsync(search);
        Assert.True(expected.Count >= 2, what);

        var pages = new List<Listed<ActivityRow>>();
        for (string? after = null; pages.Count == 0 || after is not null; after = pages[^1].Next)
        {
            pages.Add(await Reader.SearchAsync(TestLibrary.Ruleset, search, new PageOf(after, Most: 7), Ct));
            await _lab.AddAsync(MailingState.Active, all[..3], to: To);
        }

        Assert.Equal(expected, begins
            ? pages.SelectMany(p => p.Items).Where(r => expected.Contains(r.Id)).Select(r => r.Id)
            : pages.SelectMany(p => p.Items).Select(r => r.Id));
        Assert.Null(pages[0].Previous);
        for (var i = pages.Count - 1; i > 0 && !begins; i--)
        {
            var back = await Reader.SearchAsync(TestLibrary.Ruleset, search, new PageOf(Before: pages[i].Previous, Most: 7), Ct);
            Assert.Equal(pages[i - 1].Items.Select(r => r.Id), back.Items.Select(r => r.Id));
            Assert.Equal(pages[i - 1].Next, back.Next);
        }
    }

    [Fact]
    public async Task Back_through_addresses_comes_to_the_same_pages()
    {
        await _lab.AddAsync(MailingState.Active, new NotificationState[30], to: i => $"a{i % 4}@contoso.com");
        var search = new ActivitySearch { Recipient = "a", BeginsWith = true };
        var first = await Reader.SearchAsync(TestLibrary.Ruleset, search, new PageOf(Most: 11), Ct);
        var second = await Reader.SearchAsync(TestLibrary.Ruleset, search, new PageOf(first.Next, Most: 11), Ct);

        var back = await Reader.SearchAsync(TestLibrary.Ruleset, search, new PageOf(Before: second.Previous, Most: 11), Ct);

        Assert.Equal(first.Items, back.Items);
        Assert.Null(back.Previous);
    }

    [Fact]
    public async Task No_ruleset_finds_anything_of_another()
    {
        var other = await _lab.AddRulesetAsync("Other");
        var mailing = await _lab.AddAsync(MailingState.Active, [Queued, Failed], to: _ => "anna@contoso.com");

        foreach (var search in new ActivitySearch[]
        {
            new(), new() { MailingId = mailing.Id }, new() { States = [Failed] }, new() { Recipient = "anna@contoso.com" }, new() { Recipient = "a", BeginsWith = true },
            new() { MailingId = mailing.Id, Recipient = "anna@contoso.com" },
        })
        {
            Assert.NotEmpty((await Reader.SearchAsync(TestLibrary.Ruleset, search, new PageOf(), Ct)).Items);
            Assert.Empty((await Reader.SearchAsync(other.Ruleset, search, new PageOf(), Ct)).Items);
        }
    }

    [Fact]
    public async Task A_time_is_found_by_number_and_compared_exactly()
    {
        var start = _lab.Now;
        for (var hour = 0; hour < 12; hour++)
        {
            await _lab.AddAsync(MailingState.Active, [Sent, Failed], at: start.AddHours(hour));
        }

        var found = await Reader.SearchAsync(TestLibrary.Ruleset, new ActivitySearch { From = start.AddHours(3), Until = start.AddHours(5) }, new PageOf(), Ct);
        var failed = await Reader.SearchAsync(TestLibrary.Ruleset, new ActivitySearch { From = start.AddHours(3), States = [Failed] }, new PageOf(), Ct);

        Assert.Equal([4, 4, 3, 3], found.Items.Select(r => (int)(r.AcceptedAt - start).TotalHours));
        Assert.Equal(9, failed.Items.Count);
        Assert.Empty((await Reader.SearchAsync(TestLibrary.Ruleset, new ActivitySearch { From = DateTimeOffset.MaxValue, Until = DateTimeOffset.MinValue }, new PageOf(), Ct)).Items);
    }

    [Fact]
    public async Task A_rare_state_far_back_is_found_by_going_on_and_no_page_looks_at_more_than_its_share()
    {
        var mailing = await _lab.AddManyAsync(50_000, sent: 50_000);
        var oldest = (await FirstAsync()).Id;
        await _lab.SetAsync<Notification>(n => n.Id == oldest, n => n.State = Scheduled);

        var pages = new List<Listed<ActivityRow>>();
        for (string? after = null; pages.Count == 0 || after is not null; after = pages[^1].Next)
        {
            pages.Add(await Reader.SearchAsync(TestLibrary.Ruleset, new ActivitySearch { States = [Scheduled] }, new PageOf(after), Ct));
        }

        Assert.Equal([0, 0, 1], pages.Select(p => p.Items.Count));
        Assert.Equal(mailing.Id, pages[^1].Items[0].MailingId);
    }

    [Fact]
    public async Task Every_search_walks_an_index_in_its_order_without_a_scan_or_a_sort()
    {
        await using var db = _lab.NewContext();
        await FillAsync(db);
        foreach (var (search, index) in new (ActivitySearch, string)[]
        {
            (new(), "IX_Activity"),
            (new() { States = [Failed, InDoubt, Sent] }, "IX_Outcomes"),
            (new() { States = [Queued] }, "IX_Activity"),
            (new() { Recipient = "anna@contoso.com" }, "IX_To"),
            (new() { MailingId = 1 }, "IX_OfMailing"),
            (new() { MailingId = 1, States = [Queued] }, "IX_OfMailing"),
        })
        {
            foreach (var page in new PageOf[] { new(), new(After: "500"), new(Before: "500") })
            {
                // Of few numbers PostgreSQL looks at all: there is nothing to choose.
                foreach (var numbers in TestDatabase.OnPostgreSql ? [new(0, long.MaxValue)] : new AcceptedNumbers[] { new(0, long.MaxValue), new(100, 900) })
                {
                    var mailing = search.MailingId is null ? null : await db.Set<Mailing>().AsNoTracking().FirstOrDefaultAsync(Ct);
                    var walk = new ActivityWalk(db, 1, search, mailing, page, numbers, _lab.Now);
                    foreach (var part in walk.Parts())
                    {
                        // What looks at 20,000 rows PostgreSQL may sort where there are fewer.
                        if (walk.Most < ActivityReader.MostLookedAt || !TestDatabase.OnPostgreSql)
                        {
                            await AssertSeeksAsync(walk.Rows(walk.Ordered(part)).Take(walk.Most), index);
                        }
                    }
                }
            }
        }

        var place = Paging.Place(500, "anna@contoso.com");
        foreach (var page in new PageOf[] { new(), new(After: place), new(Before: place) })
        {
            var walk = new ActivityWalk(
                db, 1, new ActivitySearch { Recipient = "a", BeginsWith = true }, null, page, new AcceptedNumbers(0, long.MaxValue),
                _lab.Now);
            foreach (var part in walk.AddressParts())
            {
                await AssertSeeksAsync(walk.Rows(part).Take(walk.Most), "IX_To");
            }
        }

        await AssertSeeksAsync(AcceptedNumbers.AtOrAfter(db, 1, 500).Take(1), "IX_Activity");
        await AssertSeeksAsync(WaitingCounts.Unfinished(db, 1).OrderBy(m => m.Id), "IX_MailingsUnfinished");
        await AssertSeeksAsync(WaitingCounts.InHandOf(db, 1), "IX_InHand");
        await AssertSeeksAsync(OverviewReader.InDoubt(db, 1), "IX_Outcomes");
        await AssertSeeksAsync(MailingRate.Newest(db, 1), "IX_OfMailing");
        await AssertSeeksAsync(await SharedMailbox.SendsAsync(db, 1, key: null, _lab.Now, Ct), "PacedSends");
        await AssertSeeksAsync(RetentionSweep.OldestFirst(db, 1, ofOne: true, after: 0), "IX_MailingsListed");
        await AssertSeeksAsync(MailingReader.Part(db, 1, new PageOf("500")), "IX_MailingsListed");
        await AssertSeeksAsync(ControlSweep.Behind(db, 1), "IX_MailingsRowsFollow");
        await AssertSeeksAsync(ControlSweep.Overdue(db, 1, _lab.Now), "IX_Expiring");
    }

    /// <summary>PostgreSQL plans by what there is: a queue as it stands after weeks, most of it sent, some of it failed, a little waiting.</summary>
    private async Task FillAsync(NotificationsDbContext db)
    {
        if (!TestDatabase.OnPostgreSql)
        {
            return;
        }

        var at = _lab.Now.UtcTicks;
        int[] boxes = [1, .. await Task.WhenAll(Enumerable.Range(0, 9).Select(async i => (await _lab.AddRulesetAsync($"Other {i}")).Mailbox))];
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Mailings" ("MailboxId", "OfOne", "Name", "State", "Priority", "OnDoubt", "CreatedAt", "CreatedBy", "MessageIdSuffix", "Total", "Sent", "Failed", "InDoubt", "Cancelled", "Expired", "RowsFollow")
            SELECT ({boxes})[1 + i / 11 % 10], i % 10 <> 0, 'x', 1, 1, 0, {at}, 'anna', '.a@b', 1, CASE WHEN i % 100 = 0 THEN 0 ELSE 1 END, 0, 0, 0, 0, i % 1000 = 0 FROM generate_series(1, 5000) AS s(i);
            INSERT INTO "Notifications" ("MailboxId", "MailingId", "To", "State", "Priority",
                "Turn", "DueAt", "ExpiresAt", "AcceptedAt", "Attempts", "Epoch")
            SELECT ({boxes})[1 + i / 7 % 10], (SELECT min("Id") FROM "Mailings") + i % 200, 'person' || i || '@contoso.com',
                   CASE WHEN i > 49500 THEN CASE WHEN i % 100 = 0 THEN 3 ELSE 0 END WHEN i % 100 = 1 THEN 6 WHEN i % 1000 = 2 THEN 7 ELSE 5 END,
                   1, i, {at}, CASE WHEN i % 50 = 0 THEN {at} END, {at} + i, 0, 0
            FROM generate_series(1, 50000) AS s(i);
            INSERT INTO "PacedSends" ("MailboxId", "At", "NotificationId", "Recipients") SELECT ({boxes})[1 + i % 10], {at} - i::bigint * 10000000, i, 1 FROM generate_series(1, 20000) AS s(i);
            """, Ct);
        await db.Database.ExecuteSqlAsync($"VACUUM ANALYZE", Ct);
    }

    private ActivityReader Reader => _lab.Get<ActivityReader>();

    private async Task<Notification> FirstAsync()
    {
        await using var db = _lab.NewContext();
        return await db.Set<Notification>().AsNoTracking().OrderBy(n => n.Id).FirstAsync(Ct);
    }

    private static async Task AssertSeeksAsync<T>(IQueryable<T> query, string index)
    {
        await using var command = query.CreateDbCommand();
        if (command.Connection!.State != System.Data.ConnectionState.Open)
        {
            await command.Connection.OpenAsync(Ct);
        }

        var sql = command.CommandText;
        command.CommandText = (TestDatabase.OnPostgreSql ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + sql;
        await using var plan = await command.ExecuteReaderAsync(Ct);
        var steps = new List<string>();
        while (await plan.ReadAsync(Ct))
        {
            steps.Add(plan.GetString(TestDatabase.OnPostgreSql ? 0 : 3));
        }

        // The state of a parked row's mailing is looked up by its key, which of a few rows PostgreSQL does not need.
        if (sql.Contains("CASE", StringComparison.Ordinal))
        {
            steps.RemoveAll(s => s.Contains("SUBQUERY", StringComparison.Ordinal)
                || s.StartsWith("SEARCH m USING INTEGER PRIMARY KEY", StringComparison.Ordinal)
                || s.Contains("Seq Scan on \"Mailings\" m", StringComparison.Ordinal));
        }

        var seeks = TestDatabase.OnPostgreSql
            // Which index is the shortest way PostgreSQL decides by what there is: one it must be, and no more to sort than a page.
            ? steps.Any(s => s.Contains("Index", StringComparison.Ordinal)) && !steps.Any(s => s.Contains("Seq Scan", StringComparison.Ordinal) || SortsMany(s))
            : steps.All(s => s.StartsWith("SEARCH", StringComparison.Ordinal) && s.Contains(index, StringComparison.Ordinal));
        Assert.True(seeks, $"{string.Join('\n', steps)}, not by {index}: {sql}");
    }

    /// <summary>The few rows that an index found it may sort.</summary>
    private static bool SortsMany(string step) =>
        step.Contains("Sort  (", StringComparison.Ordinal) && int.Parse(Regex.Match(step, @"rows=(\d+)").Groups[1].Value, CultureInfo.InvariantCulture) > 500;

    private async Task<List<long>> ExpectedAsync(ActivitySearch search)
    {
        await using var db = _lab.NewContext();
        var rows = await db.Set<Notification>().AsNoTracking().Where(n => n.MailboxId == 1).ToListAsync(Ct);
        var found = rows.Where(n =>
            (search.States.Count == 0 || search.States.Contains(ShownStates.Of(n.State, MailingState.Active, n.DueAt, _lab.Now)))
            && (search.MailingId is null || n.MailingId == search.MailingId)
            && (search.Recipient is null || (search.BeginsWith
                ? n.To.StartsWith(search.Recipient, StringComparison.Ordinal)
                : n.To.Equals(search.Recipient, StringComparison.OrdinalIgnoreCase))));
        return [.. (search.BeginsWith ? found.OrderBy(n => n.To, StringComparer.Ordinal).ThenByDescending(n => n.Id) : found.OrderByDescending(n => n.Id)).Select(n => n.Id)];
    }
}
