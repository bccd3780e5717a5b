using System.Net.Sockets;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Signify.Notifications.Alerts;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>
/// Settings that passed a check and cannot be used any more hold their mailbox, with a finding that names what is missing.
/// </summary>
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
    [MemberData(nameof(NetworkFaults))]
    public async Task A_network_fault_that_no_transport_translated_is_waited_out_and_never_held(Exception fault)
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(3);
        var parts = lab.Parts with { Transports = [new BrokenTransport(fault)] };
        await using var pump = Assert.IsType<MailboxPump>(await MailboxPump.TakeOverAsync(parts, PumpLab.MailboxId, Ct));

        await pump.DrainAsync(Ct);

        var mailbox = await lab.MailboxAsync();
        Assert.Equal((Hold.None, FindingCode.ConnectionFailed), (mailbox.Hold, mailbox.WaitCode));
        Assert.NotNull(mailbox.WaitUntil);
        Assert.Equal(1, mailbox.Waits);
        Assert.DoesNotContain("hunter2", mailbox.WaitWords, StringComparison.Ordinal);
        Assert.All(await lab.RowsAsync(), n => Assert.Equal((NotificationState.Queued, 0), (n.State, n.Attempts)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_fault_while_a_message_is_sent_leaves_that_message_unconfirmed_and_the_others_are_sent(bool ofNetwork)
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(10);
        lab.Server.Before = a => a.To.StartsWith("r3@", StringComparison.Ordinal)
            ? throw (ofNetwork ? new TimeoutException("hunter2") : new FormatException("hunter2"))
            : Task.CompletedTask;

        await lab.DrainAsync();

        var rows = await lab.RowsAsync();
        Assert.Equal(9, rows.Count(n => n.State == NotificationState.Sent));
        Assert.Equal((NotificationState.Scheduled, 1), (rows[2].State, rows[2].Attempts));
        Assert.Equal(AttemptOutcome.InDoubt, (await lab.AttemptsAsync()).Single(a => a.NotificationId == rows[2].Id).Outcome);
        Assert.Equal((Hold.None, null), ((await lab.MailboxAsync()).Hold, (await lab.MailboxAsync()).WaitUntil));
        Assert.DoesNotContain(lab.Library.Logs.Lines, l => l.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_standby_secret_that_cannot_be_tried_because_of_a_time_out_is_no_refusal()
    {
        await using var lab = await PumpLab.StartAsync();
        var store = lab.Library.Get<SettingsStore>();
        var revision = await lab.ActivateAsync(SignIn.Token);
        var settings = store.Open(revision) with { ClientSecret = new SecretText("first"), StandbySecret = new SecretText("second") };
        var takeOver = new StandbyTakeOver(
            store, new BrokenTokens(), lab.Library.Get<AlertLog>(), TimeProvider.System, NullLogger<StandbyTakeOver>.Instance);

        var outcome = await takeOver.TryAsync(revision.Id, settings, TokenResource.Exchange, FindingCode.SecretExpired, Ct);

        var failed = Assert.IsType<StandbyOutcome.Failed>(outcome);
        Assert.Equal(StopKind.Unreachable, StopKinds.Of(failed.Reason.Code));
    }

    [Fact]
    public void A_key_ring_that_cannot_be_read_now_is_not_a_lost_key_ring()
    {
        var closed = new SecretProtector(new EphemeralDataProtectionProvider(), TimeProvider.System)
            .Close(new SecretText("s"), Guid.Empty, "ClientSecret", "ada");
        var services = new ServiceCollection();
        services.AddDataProtection();
        services.Configure<KeyManagementOptions>(o => o.XmlRepository = new BrokenRepository());
        using var provider = services.BuildServiceProvider();
        var protector = new SecretProtector(provider.GetRequiredService<IDataProtectionProvider>(), TimeProvider.System);

        Assert.Throws<SqliteException>(() => protector.TryOpen(closed, Guid.Empty, "ClientSecret"));
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
        var fault = await Assert.ThrowsAsync<TransportUnavailableException>(() =>
            tokens.AcquireFreshAsync(settings, TokenResource.Exchange, Ct));

        Assert.Equal(FindingCode.CertUnreadable, Assert.Single(fault.Findings).Code);
    }

    public static TheoryData<Exception> NetworkFaults() =>
    [
        new TaskCanceledException("hunter2", new TimeoutException()),
        new TimeoutException("hunter2"),
        new IOException("hunter2"),
        new SocketException((int)SocketError.NetworkUnreachable),
        new HttpRequestException("hunter2"),
        new AggregateException("hunter2", new FormatException(), new SocketException((int)SocketError.HostUnreachable)),
        new InvalidOperationException("hunter2", new IOException("hunter2")),
    ];

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

    private sealed class BrokenTokens : IAccessTokens
    {
        public Task<AccessToken> AcquireFreshAsync(NotificationSettings settings, TokenResource resource, CancellationToken ct) =>
            throw new TimeoutException("hunter2");
    }

    private sealed class BrokenRepository : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() => throw new SqliteException("unable to open database file", 14);

        public void StoreElement(XElement element, string friendlyName)
        {
        }
    }
}
