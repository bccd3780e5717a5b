using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>Settings that passed a check and cannot be used any more hold their mailbox, with a finding that names what is missing.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class UnusableSettingsTests
{
    private const string Id = "11111111-2222-3333-4444-555555555555";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cloud", FindingCode.CloudUnknown, "Contoso Cloud")]
    [InlineData("relay", FindingCode.SharedRelayMissing, "shared relay")]
    [InlineData("relay-host", FindingCode.SharedRelayMissing, "shared relay")]
    public async Task What_was_taken_out_of_the_configuration_holds_the_mailbox_and_is_named(string missing, FindingCode code, string name)
    {
        var relay = new Dictionary<string, string?> { ["SharedRelay:From"] = "hr@contoso.com" };
        await using var lab = await PumpLab.StartAsync(SignIn.Token, configuration: missing == "relay-host" ? relay : null);
        await lab.ChangeAsync(db => missing == "cloud"
            ? db.Set<SettingsRevision>().ExecuteUpdateAsync(set => set.SetProperty(r => r.Cloud, "Contoso Cloud"), Ct)
            : db.Set<SettingsRevision>().ExecuteUpdateAsync(set => set.SetProperty(r => r.SignIn, SignIn.SharedRelay), Ct));

        await AssertHeldAsync(lab, code, name);
    }

    [Theory]
    [InlineData(CredentialKind.Secret, FindingCode.SecretRequired)]
    [InlineData(CredentialKind.Certificate, FindingCode.CertRequired)]
    public async Task A_credential_that_is_not_there_holds_the_mailbox(CredentialKind kind, FindingCode code)
    {
        await using var lab = await PumpLab.StartAsync(SignIn.Token);
        await lab.ChangeAsync(db => db.Set<SettingsRevision>().ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Credential, kind).SetProperty(r => r.ClientId, Id).SetProperty(r => r.TenantId, Id), Ct));

        await AssertHeldAsync(lab, code, name: "", parts: lab.Library.Get<SenderParts>());
    }

    [Fact]
    public async Task Any_fault_of_opening_the_route_holds_the_mailbox_and_its_message_is_not_shown()
    {
        await using var lab = await PumpLab.StartAsync();
        var parts = lab.Parts with { Transports = [new BrokenTransport(new FormatException("hunter2"))] };

        await AssertHeldAsync(lab, FindingCode.SettingsUnusable, "FormatException", parts);

        Assert.DoesNotContain("hunter2", (await lab.MailboxAsync()).HoldWords, StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Library.Logs.Lines, l => l.Contains("hunter2", StringComparison.Ordinal));
        Assert.Contains(lab.Library.Logs.Lines, l => l.Contains("FormatException", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("not base64", "AAAA")]
    [InlineData("AAAA", "AAAA")]
    public async Task A_certificate_that_does_not_load_is_a_finding(string publicPart, string key)
    {
        await using var lab = await PumpLab.StartAsync();
        var settings = lab.Library.Get<SettingsStore>().Open(await lab.ActivateAsync(SignIn.Token)) with
        {
            Credential = CredentialKind.Certificate,
            Certificate = new ClientCertificate(new SecretText(key), new CertificateFacts
            {
                PublicPart = publicPart,
                Thumbprint = "00",
                Sha256 = "00",
                Subject = "CN=x",
                NotBefore = DateTimeOffset.UnixEpoch,
                NotAfter = DateTimeOffset.UnixEpoch.AddYears(100),
            }),
        };

        var tokens = lab.Library.Get<IAccessTokens>();
        var fault = await Assert.ThrowsAsync<TransportUnavailableException>(() => tokens.AcquireFreshAsync(settings, TokenResource.Exchange, Ct));

        Assert.Equal(FindingCode.CertUnreadable, Assert.Single(fault.Findings).Code);
    }

    private static async Task AssertHeldAsync(PumpLab lab, FindingCode code, string name, SenderParts? parts = null)
    {
        await lab.HandInAsync(3);
        await using var pump = Assert.IsType<MailboxPump>(await MailboxPump.TakeOverAsync(parts ?? lab.Parts, PumpLab.MailboxId, Ct));

        await pump.DrainAsync(Ct);

        var mailbox = await lab.MailboxAsync();
        Assert.Equal((Hold.Configuration, code), (mailbox.Hold, mailbox.HoldCode));
        Assert.Contains(name, mailbox.HoldWords, StringComparison.Ordinal);
        Assert.All(await lab.RowsAsync(), n => Assert.Equal((NotificationState.Queued, 0), (n.State, n.Attempts)));
    }

    private sealed class BrokenTransport(Exception fault) : INotificationTransport
    {
        public Route Route => Route.Smtp;

        public Task<ITransportSession> OpenAsync(NotificationSettings settings, CancellationToken ct) => throw fault;
    }
}
