using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Checks;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Credentials;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class CertificateCredentialTests
{
    private static readonly X509Certificate2 Pair = TestPairs.Make();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_registered_certificate_signs_in_and_no_secret_is_sent()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Credentials.Certificates.Add(Pair);

        var report = await lab.CheckAsync(With(lab, Pair));

        Assert.True(report.Passed);
        Assert.Empty(report.Findings);
        Assert.All(lab.Cloud.Requests.Where(r => r.Place is CloudPlace.ExchangeToken or CloudPlace.GraphToken), r =>
        {
            Assert.DoesNotContain("client_secret", r.Form.Keys);
            Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", r.Form["client_assertion_type"]);
        });
        var active = (await lab.OverviewAsync()).Active!;
        Assert.Equal((Pair.Thumbprint, DateOnly.FromDateTime(Pair.NotAfter.ToUniversalTime())), (active.Certificate!.Thumbprint, active.CredentialEndsOn));
    }

    [Fact]
    public async Task A_certificate_that_the_app_does_not_have_is_told_at_its_field()
    {
        await using var lab = await Lab.StartAsync();

        var report = await lab.CheckAsync(With(lab, Pair));

        Assert.False(report.Passed);
        Assert.Contains(report.Findings, f => f is { Code: FindingCode.CertNotRegistered, Field: "clientCertificate", Blocks: true });
    }

    [Fact]
    public async Task A_generated_pair_works_once_its_public_part_is_uploaded()
    {
        await using var lab = await Lab.StartAsync();
        var refused = await lab.CheckAsync(With(lab, null) with { GenerateCertificate = true });
        var draft = (await lab.OverviewAsync()).Draft!;

        lab.Cloud.Credentials.Certificates.Add(X509CertificateLoader.LoadCertificate(Convert.FromBase64String(draft.Certificate!.PublicPart)));
        var passed = await lab.Library.Runner.Start(draft, "anna").Completion.WaitAsync(Ct);

        Assert.Equal((false, true), (refused.Passed, passed.Passed));
        Assert.Equal(draft.Certificate.Thumbprint, (await lab.OverviewAsync()).Active!.Certificate!.Thumbprint);
    }

    [Fact]
    public async Task An_empty_field_keeps_the_certificate_even_for_another_app()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Credentials.Certificates.Add(Pair);
        await lab.CheckAsync(With(lab, Pair));

        var report = lab.Library.Rules.Judge(With(lab, null) with { TenantId = "fabrikam.com" }, (await lab.OverviewAsync()).Newest);

        Assert.Equal(TestPairs.KeyBase64(Pair), report.Settings!.Certificate!.Key.Reveal());
    }

    [Fact]
    public async Task Another_certificate_is_tried_while_the_old_one_goes_on_sending_and_no_mail_is_lost()
    {
        using var next = TestPairs.Make(name: "HR app 2");
        await using var lab = await Lab.StartAsync(configuration: new Dictionary<string, string?> { ["Pace:Graph:MessagesPerMinute"] = "60000" });
        lab.Cloud.Credentials.Certificates.Add(Pair);
        await lab.CheckAsync(With(lab, Pair) with { Route = "graph" });

        var refused = await lab.CheckAsync(With(lab, next) with { Route = "graph" });
        await HandInAsync(lab, 5);
        await DrainAsync(lab);
        lab.Cloud.Credentials.Certificates.Add(next);
        await HandInAsync(lab, 5);
        var passed = await lab.CheckAsync(With(lab, null) with { Route = "graph" });
        await DrainAsync(lab);

        Assert.Equal((false, true), (refused.Passed, passed.Passed));
        Assert.Equal(next.Thumbprint, (await lab.OverviewAsync()).Active!.Certificate!.Thumbprint);
        Assert.Equal(10, lab.Cloud.Count(CloudPlace.SendMail));
        await using var db = lab.Library.NewContext();
        Assert.All(await db.Set<Notification>().ToListAsync(Ct), n => Assert.Equal((NotificationState.Sent, 1), (n.State, n.Attempts)));
    }

    [Fact]
    public async Task Another_secret_is_tried_while_the_old_one_goes_on_sending_and_no_mail_is_lost()
    {
        const string Next = "Zz11Q~.the-next-secret-of-this-app_0123456";
        await using var lab = await Lab.StartAsync(configuration: new Dictionary<string, string?> { ["Pace:Graph:MessagesPerMinute"] = "60000" });
        var first = lab.Input with { Route = "graph" };
        await lab.CheckAsync(first);
        await HandInAsync(lab, 4);

        var refused = await lab.CheckAsync(first with { ClientSecret = Next });
        await DrainAsync(lab);
        lab.Cloud.Credentials.Add(Next);
        var passed = await lab.CheckAsync(first with { ClientSecret = Next });
        lab.Cloud.Credentials.Remove(StubCloud.Secret);
        await HandInAsync(lab, 4);
        await DrainAsync(lab);

        Assert.Equal((false, true), (refused.Passed, passed.Passed));
        await using var db = lab.Library.NewContext();
        Assert.All(await db.Set<Notification>().ToListAsync(Ct), n => Assert.Equal((NotificationState.Sent, 1), (n.State, n.Attempts)));
    }

    [Fact]
    public async Task Another_certificate_has_tokens_of_its_own()
    {
        using var next = TestPairs.Make();
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Credentials.Certificates.Add(Pair);
        lab.Cloud.Credentials.Certificates.Add(next);
        var tokens = lab.Library.Get<KeptTokens>();

        var first = await tokens.GetAsync(lab.Settings(With(lab, Pair)), TokenResource.Graph, Ct);
        var again = await tokens.GetAsync(lab.Settings(With(lab, Pair)), TokenResource.Graph, Ct);
        var other = await tokens.GetAsync(lab.Settings(With(lab, next)), TokenResource.Graph, Ct);
        var secret = await tokens.GetAsync(lab.Settings(), TokenResource.Graph, Ct);

        Assert.Same(first.Token, again.Token);
        Assert.Equal((false, true, false, false), (first.WasKept, again.WasKept, other.WasKept, secret.WasKept));
        Assert.Equal(3, lab.Cloud.Count(CloudPlace.GraphToken));
    }

    [Fact]
    public async Task The_private_key_and_the_password_of_its_file_get_nowhere()
    {
        await using var lab = await Lab.StartAsync(level: LogLevel.Trace);
        lab.Cloud.AnswerTokens(StubReply.Aadsts(700027, "invalid_client", 401));
        var refusedFile = await lab.SaveAsync(With(lab, Pair) with { ClientCertificatePassword = "not-" + TestPairs.Password });

        var report = await lab.CheckAsync(With(lab, Pair));

        Assert.IsType<SaveOutcome.Refused>(refusedFile);
        var key = TestPairs.KeyBase64(Pair);
        string[] places =
        [
            JsonSerializer.Serialize(report, FindingJson.Options),
            string.Join('\n', report.Steps.Select(s => $"{s} {s.Evidence}")),
            string.Join('\n', lab.Library.Logs.Lines),
            $"{(await lab.OverviewAsync()).Draft} {lab.Library.Store.Open((await lab.OverviewAsync()).Draft!)}",
            lab.Folder.AllBytes(),
        ];
        Assert.All(places, place => Assert.All(
            [key[60..120], key[^60..], TestPairs.KeyPem(Pair)[60..110], TestPairs.Password], secret => Assert.DoesNotContain(secret, place, StringComparison.Ordinal)));
    }

    private static SettingsInput With(Lab lab, X509Certificate2? pair) => lab.Input with
    {
        Credential = "certificate",
        ClientSecret = null,
        SecretExpiresOn = null,
        ClientCertificate = pair is null ? null : TestPairs.Pfx(pair),
        ClientCertificatePassword = pair is null ? null : TestPairs.Password,
    };

    private static async Task HandInAsync(Lab lab, int count)
    {
        var mailing = new NewMailing { Name = "Payslips", Subject = "Your payslip", Text = "It is ready." };
        var recipients = Enumerable.Range(1, count).Select(i => new NewRecipient(i, $"r{i}@contoso.com"));
        await lab.Library.Get<INotificationQueue>().HandInAsync(new HandInCaller(TestLibrary.Ruleset, "ada"), mailing, recipients.ToAsyncEnumerable(), Ct);
    }

    private static async Task DrainAsync(Lab lab)
    {
        await using var pump = Assert.IsType<MailboxPump>(await MailboxPump.TakeOverAsync(lab.Library.Get<SenderParts>(), 1, Ct));
        await pump.DrainAsync(Ct);
    }
}
