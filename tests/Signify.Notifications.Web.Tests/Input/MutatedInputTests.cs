using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Pages;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Input;

/// <summary>Whatever is sent: never a 500, never an exception that nobody handles. The seed of a failure is in its message.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class MutatedInputTests(MutatedInputTests.Programs programs) : IClassFixture<MutatedInputTests.Programs>
{
    private const string Notification = """
        {"to": "Berg, Anna <anna@contoso.com>", "cc": ["b@contoso.com"], "subject": "Hello", "text": "t", "html": "<p>t</p>",
        "priority": "low", "notBefore": "2040-01-31T08:00:00+01:00", "expiresAt": "2041-01-31T08:00:00Z", "onDoubt": "hold",
        "attachments": [{"name": "a.pdf", "contentType": "application/pdf", "content": "JVBERi0="}]}
        """;

    private const string Mailing = """
        {"name": "n", "subject": "Hello {{ first }}",
        "text": "{% if team %}{{ team }}{% endif %} {{ first | default: 'you' }}", "notBefore": "2040-01-31T08:00:00Z",
        "recipients": [{"to": "anna@contoso.com", "cc": "b@contoso.com", "fields": {"first": "Anna", "team": null, "n": 1.5, "list": [{"a": "b"}]}},
        {"to": "bert@contoso.com", "fields": {"first": "B"}}]}
        """;

    private const string Stream = "{\"name\": \"n\", \"subject\": \"Hello {{ first }}\", \"text\": \"t\"}\n"
        + "{\"to\": \"anna@contoso.com\", \"fields\": {\"first\": \"Anna\"}}\n"
        + "{\"to\": \"bert@contoso.com\", \"cc\": [\"c@contoso.com\"], \"fields\": {\"first\": \"\\u00c5\"}}\n";

    private const string Settings = """
        {"useOwnSmtpDetails": true, "serverName": "smtp.contoso.com", "port": 587, "timeoutSeconds": 120,
        "fromEmail": "hr@contoso.com", "secretExpiresOn": "2040-01-31", "batchSize": "medium"}
        """;

    private const string Table = "sep=;\nE-Mail;First name;Team\n\"Berg; Anna\" <anna@contoso.com>;Anna;HR\n"
        + "bert@contoso.com;\"Bert \"\"B\"\" Cole\";\n\n;;\ncarla@contoso.com;Carla\n";

    private const string Pasted = "Berg, Anna <anna@contoso.com>; bert@contoso.com, 'Carla' <carla@contoso.com>\n"
        + "\tmailto:dora@contoso.com?subject=x\n• eva@contoso.com (Eva)\n";

    private static readonly string[] Zones =
    [
        "Pacific/Kiritimati", "Etc/GMT+12", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Africa/Monrovia", "UTC",
        "nowhere", "",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/notifications", "application/json", Notification, 300)]
    [InlineData("/api/v1/mailings", "application/json", Mailing, 300)]
    [InlineData("/api/v1/mailings", "application/x-ndjson", Stream, 300)]
    [InlineData("/api/v1/settings", "application/json", Settings, 300)]
    [InlineData("/api/v1/settings/test-message", "application/json", """{"to": "anna@contoso.com"}""", 100)]
    public async Task No_body_of_the_API_is_an_error_of_the_program(string path, string type, string sound, int cases)
    {
        using var api = programs.Program.NewApiClient();
        for (var seed = 0; seed < cases; seed++)
        {
            // A mutation that leaves settings valid would be checked against the network.
            var body = path == "/api/v1/settings" ? [.. new Mutations(seed).BytesOf(sound), (byte)'x'] : new Mutations(seed).BytesOf(sound);
            var method = path == "/api/v1/settings" ? HttpMethod.Put : HttpMethod.Post;
            using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
            using var answer = await api.SendAsync(request, Stop);

            Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode} for seed {seed}: {Encoding.UTF8.GetString(body)}");
        }

        AssertNothingUnhandled();
    }

    [Fact]
    public async Task No_field_of_a_new_mailing_is_an_error_of_the_program()
    {
        (string Name, string Value)[] sound =
        [
            ("Name", "November"), ("Subject", "Hello {{first_name}}"), ("Text", "Dear {{first_name}}"),
            ("Html", "<p>{{ team | default: 'x' }}</p>"), ("Recipients", Table), ("AddressColumn", "E-Mail"),
            ("NotBefore", "2040-01-31T08:00"), ("ExpiresAt", "2041-01-31T08:00"), ("TimeZone", "Europe/Berlin"),
            ("Priority", "Normal"), ("OnDoubt", "Resend"),
        ];
        var form = await programs.Ada.GetAsync("/mailings/new");
        for (var seed = 0; seed < 80; seed++)
        {
            var mutations = new Mutations(seed);
            var mutated = mutations.Next(sound.Length);
            var zone = Zones[mutations.Next(Zones.Length)];

            var answer = await programs.Ada.SubmitAsync(form, "#new-mailing",
                [.. sound.Select((f, i) => i == mutated ? (f.Name, mutations.Of(f.Value)) : f.Name == "TimeZone" ? (f.Name, zone) : f)]);

            Assert.True((int)answer.Status < 500, $"{(int)answer.Status} for seed {seed}");
        }

        AssertNothingUnhandled();
    }

    [Theory]
    [InlineData("NotBefore", "0001-01-01T00:00", "Pacific/Kiritimati")]
    [InlineData("ExpiresAt", "0001-01-01T00:00", "Europe/Berlin")]
    [InlineData("ExpiresAt", "0001-01-01T13:59", "Pacific/Kiritimati")]
    [InlineData("NotBefore", "9999-12-31T23:59", "Etc/GMT+12")]
    [InlineData("ExpiresAt", "9999-12-31T23:59", "America/Los_Angeles")]
    [InlineData("NotBefore", "9999-12-31T23:59", "")]
    public async Task The_first_and_the_last_time_are_refused_at_their_field(string field, string time, string zone)
    {
        var form = await programs.Ada.GetAsync("/mailings/new");

        var answer = await programs.Ada.SubmitAsync(form, "#new-mailing",
            ("Name", "n"), ("Subject", "s"), ("Text", "t"), ("Recipients", "anna@contoso.com"), (field, time), ("TimeZone", zone));

        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("between the years", answer.Find($"#{field}-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_search_is_an_error_of_the_program()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var mutations = new Mutations(seed);
            var search = QueryHelpers.AddQueryString("/activity", new Dictionary<string, string?>
            {
                ["to"] = mutations.Next(2) == 0 ? null : mutations.Of("anna@contoso.com"),
                ["from"] = mutations.Next(3) == 0 ? "0001-01-01" : mutations.Of("2026-01-31"),
                ["until"] = mutations.Next(3) == 0 ? "9999-12-31" : mutations.Of("2026-02-01"),
                ["zone"] = Zones[mutations.Next(Zones.Length)],
            });

            var answer = await programs.Ada.GetAsync(search);

            Assert.True((int)answer.Status < 500, $"{(int)answer.Status} for seed {seed}: {search}");
        }

        AssertNothingUnhandled();
    }

    [Theory]
    [InlineData(Table)]
    [InlineData(Pasted)]
    public async Task A_list_loses_no_address_whatever_happened_to_it(string sound)
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var bytes = new Mutations(seed).BytesOf(sound);
            using var table = await RecipientTable.OpenAsync(new MemoryStream(bytes), Stop);
            var rows = await table.ReadAsync(Stop).ToListAsync(Stop);

            AssertNoneIsLost(table, rows, bytes, seed);
        }
    }

    [Fact]
    public void No_typed_time_throws_in_any_zone()
    {
        var zones = TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).ToList();
        for (var seed = 0; seed < 3000; seed++)
        {
            var mutations = new Mutations(seed);
            var year = mutations.Next(4) switch { 0 => 1, 1 => 9999, _ => 1 + mutations.Next(9999) };
            var typed = mutations.Next(4) == 0
                ? mutations.Of("2040-01-31T08:00")
                : $"{year:D4}-{1 + mutations.Next(12):D2}-{1 + mutations.Next(28):D2}T{mutations.Next(24):D2}:{mutations.Next(60):D2}";

            var (at, error) = TypedTime.Parse(typed, zones[mutations.Next(zones.Count)]);

            Assert.True(at is null || error is null);
            _ = TypedTime.StartOf(new DateOnly(year, 1, 1), zones[mutations.Next(zones.Count)]);
            _ = TypedTime.StartOf(new DateOnly(year, 12, 31), zones[mutations.Next(zones.Count)]);
        }
    }

    /// <summary>Each address of the list that still is one is somewhere: a recipient, a merge field, or a row that is refused.</summary>
    private static void AssertNoneIsLost(RecipientTable table, List<NewRecipient> rows, byte[] list, int seed)
    {
        if (table.Head.Fault is not null || rows.Exists(r => r.Fault?.Code == LineCodes.LineTooLong))
        {
            return;
        }

        var text = Encoding.UTF8.GetString(list);
        var found = string.Join('\n', rows.Select(r => r.Fault is null && RecipientAddress.TryParse(r.To, out _, out _)
            ? $"{r.To} {r.Fields}"
            : string.Join(' ', r.Row ?? [])).Concat(table.Head.Headings));
        foreach (var name in (string[])["anna", "bert", "carla", "dora", "eva"])
        {
            var address = $"{name}@contoso.com";
            Assert.True(
                !text.Contains(address, StringComparison.Ordinal) || found.Contains(address, StringComparison.Ordinal),
                $"{address} is lost for seed {seed}: {text}");
        }
    }

    private void AssertNothingUnhandled() =>
        Assert.DoesNotContain(
            programs.Program.Log.Lines,
            l => l.StartsWith(nameof(LogLevel.Error), StringComparison.Ordinal)
                || l.StartsWith(nameof(LogLevel.Critical), StringComparison.Ordinal));

    /// <summary>One program for all of them, with an administrator who is signed in.</summary>
    public sealed class Programs : IAsyncLifetime
    {
        public TestProgram Program { get; private set; } = null!;

        public BrowserClient Ada { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Program = await SeededProgram.EmptyAsync();
            Ada = await Program.SignedInAsync();
        }

        public ValueTask DisposeAsync() => Program.DisposeAsync();
    }
}
