using System.Net;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Network;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests.Transports.Smtp;

/// <summary>The certificate of a relay, which an administrator names, sends this program nowhere.</summary>
public sealed class CertificateLookupTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_relays_certificate_makes_nobody_fetch_what_it_names()
    {
        await using var server = new LookupServer();

        await Assert.ThrowsAsync<TransportUnavailableException>(() => SecureAsync(server, ServerTrust.OfNamedServer));

        Assert.Equal(0, server.Lookups);
    }

    /// <summary>So that the test above can fail.</summary>
    [Fact]
    public async Task A_clouds_certificate_may_be_looked_up()
    {
        await using var server = new LookupServer();

        await Assert.ThrowsAsync<TransportUnavailableException>(() => SecureAsync(server, new ServerTrust(null, checkRevocation: true)));

        Assert.NotEqual(0, server.Lookups);
    }

    private static async Task SecureAsync(LookupServer server, ServerTrust trust)
    {
        var endpoint = new SmtpEndpoint("127.0.0.1", server.Port, SmtpEncryption.Implicit, SettingsField.ServerName);
        await using var dialogue = new SmtpDialogue(endpoint, trust, TimeSpan.FromSeconds(20), new StaggeredConnector(TimeProvider.System), LocalRelays.Allowed);
        await dialogue.ConnectAsync([IPAddress.Loopback], Ct);
        await dialogue.SecureAsync(Ct);
    }
}
