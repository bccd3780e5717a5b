using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Rulesets;

/// <summary>Nothing that a member or a key of one ruleset can call, search, post or listen to shows or changes a byte of another. Walks every endpoint there is.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed partial class IsolationTests : IAsyncLifetime
{
    private const string Paused = "\"state\":\"paused\"";

    // Each test its own: what one posts the next would miss.
    private readonly SeededRulesets _seeded = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<bool> BothWays => [false, true];

    public ValueTask InitializeAsync() => _seeded.InitializeAsync();

    public ValueTask DisposeAsync() => _seeded.DisposeAsync();

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task Everything_there_is_to_read_shows_nothing_of_another_ruleset(bool swapped)
    {
        var (own, other) = Roles(swapped);
        var browser = await _seeded.SignedInAsync(own);
        using var api = _seeded.Program.NewApiClient(own.Key);
        var walked = 0;
        var missed = Expected(own).ToHashSet();

        foreach (var endpoint in Reads())
        {
            foreach (var address in AddressesOf(endpoint, own, other))
            {
                foreach (var client in (HttpClient[])[browser.Http, api])
                {
                    var text = await ReadAsync(client, address);
                    walked++;
                    AssertNothingOf(other, $"GET {address}", text);
                    if (missed.Count > 0)
                    {
                        text = WebUtility.HtmlDecode(text);
                        missed.RemoveWhere(expected => text.Contains(expected, StringComparison.OrdinalIgnoreCase));
                    }
                }
            }
        }

        Assert.True(walked > 400, $"{walked} are too few to be true.");
        // The walk does see: each kind of row of one's own came by.
        Assert.Empty(missed);
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task Everything_there_is_to_post_changes_and_shows_nothing_of_another_ruleset(bool swapped)
    {
        var (own, other) = Roles(swapped);
        var browser = await _seeded.SignedInAsync(own);
        using var api = _seeded.Program.NewApiClient(own.Key);
        var token = (await browser.GetAsync("/gear/ruleset/name")).Find("#rename input[name=__RequestVerificationToken]").GetAttribute("value")!;
        var before = await SnapshotAsync(other);
        var posts = 0;

        // Away from the account: signing out would end the walk.
        foreach (var (page, handler) in (await _seeded.Program.PostsAsync()).Where(p => !p.Page.Pattern().StartsWith("/account", StringComparison.Ordinal)))
        {
            foreach (var address in (string[])[(page.Address(other.Fill(page)) + handler).In(own.Id), (page.Address(other.Fill(page)) + handler).In(other.Id)])
            {
                using var form = new FormUrlEncodedContent([
                    KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("id", $"{other.KeyId}"), KeyValuePair.Create("number", "1"), KeyValuePair.Create("revision", "1"),
                    KeyValuePair.Create("role", "Viewer"), KeyValuePair.Create("to", other.Beginning), KeyValuePair.Create("Name", other.Beginning), KeyValuePair.Create("draft", $"{other.Draft}")]);
                using var answer = await browser.Http.PostAsync(new Uri(address, UriKind.Relative), form, Stop);
                AssertNothingOf(other, $"POST {address}", await TextAsync(answer));
                posts++;
            }
        }

        foreach (var endpoint in _seeded.Program.Endpoints().Where(e => e.PageOf() is null && !e.IsStaticFile()))
        {
            foreach (var method in endpoint.Methods().Where(m => !HttpMethods.IsGet(m) && !HttpMethods.IsHead(m)))
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), endpoint.Address(other.Fill(endpoint)).In(other.Id)) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
                using var answer = await api.SendAsync(request, Stop);
                AssertNothingOf(other, $"{method} {request.RequestUri}", await TextAsync(answer));
                posts++;
            }
        }

        Assert.True(posts > 60, $"{posts} are too few to be true.");
        Assert.Equal(before, await SnapshotAsync(other));
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task What_happens_in_another_ruleset_is_told_to_nobody_here(bool swapped)
    {
        var (own, other) = Roles(swapped);
        var browser = await _seeded.SignedInAsync(own);
        using var api = _seeded.Program.NewApiClient(own.Key);
        foreach (var (client, address) in (IEnumerable<(HttpClient, string)>)[(api, "/api/v1/events"), (api, "/api/v1/events".In(other.Id)), (browser.Http, "/api/v1/events"), (browser.Http, "/api/v1/events".In(own.Id))])
        {
            using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Stop));
            var told = new StringBuilder();
            // One who listened before may have left a feed that has not seen it resumed.
            await ReadUntilAsync(reader, told, line => line.Contains($"\"id\":\"{own.Mailing}\"", StringComparison.Ordinal) && !line.Contains(Paused, StringComparison.Ordinal));

            // Theirs first, ours as the fence: the stream keeps the order.
            await WorkAsync(other);
            await WorkAsync(own);
            await ReadUntilAsync(reader, told, line => line.Contains($"\"id\":\"{own.Mailing}\"", StringComparison.Ordinal) && line.Contains(Paused, StringComparison.Ordinal));

            AssertNothingOf(other, address, told.ToString());
            Assert.DoesNotContain($"\"id\":\"{other.Mailing}\"", told.ToString(), StringComparison.Ordinal);
            await _seeded.Program.Services.GetRequiredService<MailingControl>().ResumeAsync(own.Id, own.Mailing, "a test", Stop);
            await _seeded.Program.Services.GetRequiredService<MailingControl>().ResumeAsync(other.Id, other.Mailing, "a test", Stop);
        }
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task What_belongs_to_another_ruleset_is_answered_byte_for_byte_as_what_is_not_there(bool swapped)
    {
        var (own, other) = Roles(swapped);
        const long Nothing = 999_999_999;
        foreach (var (method, path) in (IEnumerable<(HttpMethod, string)>)[
            (HttpMethod.Get, "mailings/{m}"), (HttpMethod.Post, "mailings/{m}/pause"), (HttpMethod.Post, "mailings/{m}/resume"), (HttpMethod.Post, "mailings/{m}/cancel"), (HttpMethod.Post, "mailings/{m}/retry-failed"),
            (HttpMethod.Get, "notifications/{n}"), (HttpMethod.Post, "notifications/{n}/cancel"), (HttpMethod.Post, "notifications/{n}/resend"), (HttpMethod.Post, "notifications/{n}/arrived"), (HttpMethod.Get, "notifications?mailingId={m}")])
        {
            string Path(object mailing, object notification) => "/api/v1/" + path.Replace("{m}", $"{mailing}", StringComparison.Ordinal).Replace("{n}", $"{notification}", StringComparison.Ordinal);
            var theirs = await _seeded.Program.CallAsync(method, Path(other.Mailing, other.Notification), key: own.Key);
            var none = await _seeded.Program.CallAsync(method, Path(Nothing, Nothing), key: own.Key);

            Assert.Equal((none.Status, Trace().Replace(none.Text, "")), (theirs.Status, Trace().Replace(theirs.Text, "")));
            Assert.True(theirs.Status == HttpStatusCode.NotFound || theirs.Text == "{\"items\":[]}", $"{path} answered {theirs.Status}: {theirs.Text}");
        }
    }

    private (MarkedRuleset Own, MarkedRuleset Other) Roles(bool swapped) => swapped ? (_seeded.Second, _seeded.First) : (_seeded.First, _seeded.Second);

    /// <summary>What can be fetched, streams apart: they have a test of their own.</summary>
    private IEnumerable<RouteEndpoint> Reads() => _seeded.Program.Endpoints().Where(e => !e.IsStaticFile() && e.Methods().Any(HttpMethods.IsGet) && e.Pattern() is not "/api/v1/events" and not "/account/signout");

    /// <summary>The other's rows and one's own; the other's ruleset by name; its texts as searches, its rows as places in lists.</summary>
    private IEnumerable<string> AddressesOf(RouteEndpoint endpoint, MarkedRuleset own, MarkedRuleset other)
    {
        var (theirs, mine) = (endpoint.Address(other.Fill(endpoint)), endpoint.Address(own.Fill(endpoint)));
        string[] queries =
        [
            $"?to={other.Beginning}", $"?to={other.Beginning}*", $"?search={other.Beginning}", $"?after={other.Notification + 1}", $"?before={other.Notification - 1}", $"?mailingId={other.Mailing}", $"?mailing={other.Mailing}",
            $"?olderThan={other.AuditId}", "?revision=1", "?revision=2", "?revision=draft", "?state=in-doubt", "?most=1000", "?limit=200", "?n=1", $"?back=/mailings/{other.Mailing}",
        ];
        // The description of the API knows no query and is dear to make.
        if (endpoint.Pattern().StartsWith("/openapi/", StringComparison.Ordinal))
        {
            return [theirs, theirs.In(other.Id)];
        }

        var handlers = GetHandlersOf(endpoint).Select(h => $"{mine}?handler={h}&step=sign-in&revision=1");
        return [theirs, theirs.In(own.Id), theirs.In(other.Id), mine, mine.In(other.Id), .. queries.Select(q => mine + q), .. queries.Select(q => theirs + q), .. handlers, .. handlers.Select(h => h.In(other.Id))];
    }

    private IEnumerable<string> GetHandlersOf(RouteEndpoint endpoint) => endpoint.PageOf() is not { } page ? []
        : _seeded.Program.Services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata).GetAwaiter().GetResult().HandlerMethods.Where(h => HttpMethods.IsGet(h.HttpMethod) && h.Name is not null).Select(h => h.Name!);

    private static async Task<string> ReadAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), Stop);
        return await TextAsync(answer);
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        $"{answer.RequestMessage!.RequestUri}\n{answer.Headers}\n{answer.Content.Headers}\n{await answer.Content.ReadAsStringAsync(Stop)}";

    private static void AssertNothingOf(MarkedRuleset other, string what, string text) =>
        Assert.False(text.Contains(other.Mark, StringComparison.OrdinalIgnoreCase), $"{what} shows something of another ruleset: …{Around(text, other.Mark)}…");

    private static string Around(string text, string mark)
    {
        var at = Math.Max(0, text.IndexOf(mark, StringComparison.OrdinalIgnoreCase));
        return text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)];
    }

    private static async Task ReadUntilAsync(StreamReader reader, StringBuilder told, Func<string, bool> enough)
    {
        for (var line = await reader.ReadLineAsync(Stop); line is not null; line = await reader.ReadLineAsync(Stop))
        {
            told.AppendLine(line);
            if (enough(line))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The stream ended: {told}");
    }

    private async Task WorkAsync(MarkedRuleset of)
    {
        await _seeded.Program.Services.GetRequiredService<SendingHold>().HoldAsync(of.Id, $"holder {of.Mark}", Stop);
        await _seeded.Program.Services.GetRequiredService<MailingControl>().PauseAsync(of.Id, of.Mailing, $"pauser {of.Mark}", Stop);
    }

    /// <summary>Every row of a ruleset that a person or a program can change.</summary>
    private async Task<string> SnapshotAsync(MarkedRuleset of)
    {
        await using var db = _seeded.Program.NewContext();
        var mailbox = await db.Set<Mailbox>().AsNoTracking().SingleAsync(m => m.RulesetId == of.Id, Stop);
        var rows = new StringBuilder().AppendLine(System.Text.Json.JsonSerializer.Serialize(mailbox));
        foreach (var table in db.Model.GetEntityTypes().Where(t => t.FindProperty("RulesetId") is not null && t.ClrType != typeof(Mailbox) && !t.IsOwned()))
        {
            var name = table.GetTableName()!;
            rows.AppendLine(await ReadTableAsync(db, $"SELECT * FROM \"{name}\" WHERE \"RulesetId\" = '{of.Id.ToString().ToUpperInvariant()}' ORDER BY 1, 2"));
        }

        foreach (var name in (string[])["Mailings", "Notifications"])
        {
            rows.AppendLine(await ReadTableAsync(db, $"SELECT * FROM \"{name}\" WHERE \"MailboxId\" = {mailbox.Id} ORDER BY \"Id\""));
        }

        return rows.AppendLine(await ReadTableAsync(db, $"SELECT * FROM \"Users\" WHERE \"Id\" = '{of.UserId.ToString().ToUpperInvariant()}'"))
            .AppendLine(await ReadTableAsync(db, $"SELECT \"Name\" FROM \"Rulesets\" WHERE \"Id\" = '{of.Id.ToString().ToUpperInvariant()}'")).ToString();
    }

    private static async Task<string> ReadTableAsync(DbContext db, string sql)
    {
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var text = new StringBuilder(sql);
        while (await reader.ReadAsync(Stop))
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            text.Append('\n').AppendJoin('|', values.Select(v => v is byte[] bytes ? Convert.ToHexString(bytes) : v));
        }

        return text.ToString();
    }

    /// <summary>Where each kind of row is looked at: the walk that misses one proves nothing about it.</summary>
    private static IEnumerable<string> Expected(MarkedRuleset of) =>
        ((string[])["Organisation {0}", "Mailing {0}", "Subject {0}", "Body {0}", "Html {0}", "Draft {0}", "Draft subject {0}", "{0}@draft.example", "{0}@reader.example", "Reader {0}", "cc.{0}@reader.example", "451 server words {0}", "{0}.pdf",
            "held {0}", "Alert {0}", "Alert text {0}", "ops.{0}@contoso.example", "https://{0}.example/hook", "told {0}", "Server {0}", "hr.{0}@contoso.com", "From {0}", "{0}.onmicrosoft.com", "saver {0}", "checker {0}", "summary {0}", "evidence {0}",
            "message {0}", "remedy {0}", "220 greeting {0}", "API key {0}", "by {0}", "admin.{0}@contoso.example", "auditor {0}", "target {0}", "details {0}"]).Select(text => string.Format(System.Globalization.CultureInfo.InvariantCulture, text, of.Mark));

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex Trace();
}
