using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Web.Tests.Interop;

namespace Signify.Notifications.Web.Tests.Telemetry;

/// <summary>
/// The program as a process of its own after a busy while over both roads, with faults of every kind, and all it said of it: what
/// /metrics answered, and what a collector received until it had stopped. What must not be in it bears marks.
/// </summary>
public sealed class BusyProgram : IAsyncLifetime
{
    public const string Recipient = "markofrecipient";
    public const string Subject = "markofsubject";
    public const string Body = "markofbody";
    public const string Field = "markoffield";
    public const string MailingName = "markofmailing";
    public const string ServersWords = "markofserver";

    private static readonly (string, string)[] NoPace =
    [
        ("Pace__ExchangeOnline__MessagesPerMinute", "0"), ("Pace__ExchangeOnline__RecipientsPerDay", "0"),
        ("Pace__Graph__MessagesPerMinute", "0"), ("Pace__Graph__RecipientsPerDay", "0"),
    ];

    public string Metrics { get; private set; } = "";

    public string Exported { get; private set; } = "";

    /// <summary>What else must not be in it: addresses, secrets and ids of the customer's directory that were used.</summary>
    public IReadOnlyList<string> Used { get; private set; } = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var collector = new Collector();
        await using var lab = await SandboxLab.StartAsync(limits: false,
            [.. NoPace, ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "1000")]);
        var (smtp, graph) = (lab.Sandbox.Scenarios.Single(s => s.Id == "all-granted"), lab.Sandbox.Scenarios.Single(s => s.Id == "graph-only"));
        Used = [smtp.FromEmail, smtp.ClientSecret, graph.ClientSecret, smtp.ClientId, smtp.TenantId, "lab-key-0123456789", "Bearer", "eyJ"];
        var faults = lab.Sandbox.Faults;

        await lab.SaveAsync("all-granted", "smtp");
        faults.Smtp(SmtpStage.Connect, new SmtpFault { Drop = true }, times: 1);
        faults.Smtp(SmtpStage.RcptTo, SmtpFault.Answer($"550 5.1.1 {ServersWords} {Recipient}1@fabrikam.example"), times: 1);
        await HandInAsync(lab.Program, 20);
        await NumberAsync(lab.Program, "signify_notifications_failed_total");
        faults.Smtp(SmtpStage.EndOfData, SmtpFault.Answer($"451 4.3.0 {ServersWords}"), times: 1);
        await HandInAsync(lab.Program, 2);
        await NumberAsync(lab.Program, "signify_notifications_deferred_total");
        faults.Smtp(SmtpStage.EndOfData, new SmtpFault { Drop = true, KeepMessage = true }, times: 1);
        await HandInAsync(lab.Program, 2);
        await NumberAsync(lab.Program, "signify_notifications_in_doubt_total");

        await lab.SaveAsync("graph-only", "graph");
        await HandInAsync(lab.Program, 5);
        await NumberAsync(lab.Program, "signify_notifications_sent_total{[^}]*graph");
        faults.Graph(HttpFault.TooManyRequests(3600), times: 1);
        await HandInAsync(lab.Program, 2);
        await NumberAsync(lab.Program, "signify_mailbox_throttles_total");
        Metrics = await NumberAsync(lab.Program, "signify_credential_time_left_days");

        Assert.Equal(0, await lab.Program.TerminateAsync());
        Exported = collector.Received;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task HandInAsync(LabProgram program, int recipients)
    {
        var lines = new StringBuilder($$$"""{"name":"{{{MailingName}}}","subject":"{{{Subject}}}","text":"{{{Body}}} {{name}}"}""").Append('\n');
        for (var i = 1; i <= recipients; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $$"""{ "to": "{{Recipient}}{{i}}@fabrikam.example", "fields": { "name": "{{Field}}" } }""").Append('\n');
        }

        using var content = new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
        await program.PostAsync("/api/v1/mailings", content);
        using var single = JsonContent.Create(new { to = $"{Recipient}@fabrikam.example", subject = Subject, text = Body });
        await program.PostAsync("/api/v1/notifications", single);
        // Its address stands in the query.
        await program.GetAsync($"/api/v1/notifications?to={Recipient}@fabrikam.example");
    }

    /// <summary>Until the scrape has a number by that name.</summary>
    private static async Task<string> NumberAsync(LabProgram program, string name)
    {
        using var http = new HttpClient { BaseAddress = program.Address, Timeout = TestTimeouts.Step };
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var text = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Ct);
            if (System.Text.RegularExpressions.Regex.IsMatch(text, $"^{name}", System.Text.RegularExpressions.RegexOptions.Multiline))
            {
                return text;
            }

            await again.WaitForNextTickAsync(Ct);
        }
    }
}
