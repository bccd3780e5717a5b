using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Cluster.Tests.Hosting;

/// <summary>Knocks at the port on which the processes of a cluster speak with each other.</summary>
internal static class SiloDoor
{
    /// <summary>
    /// Connects and waits until the process hangs up on the caller. A caller that is let in waits on: the engine speaks only after it has
    /// received something. So the task ends for a stranger alone.
    /// </summary>
    /// <param name="shown">The certificate to show; null shows none.</param>
    /// <returns>The subject of the process's own certificate; null when it does not speak TLS.</returns>
    public static async Task<string?> HangsUpAsync(int port, X509Certificate2? shown, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, ct);
        await using var tls = new SslStream(client.GetStream());
        string? subject = null;
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "signify-cluster",
                    ClientCertificateContext = shown is null ? null : SslStreamCertificateContext.Create(shown, additionalCertificates: null, offline: true),
                    // A stranger takes whatever it finds; who is behind the door is not asked here.
                    RemoteCertificateValidationCallback = (_, found, _, _) =>
                    {
                        subject = found?.Subject;
                        return subject is not null;
                    },
                },
                ct);
            Assert.Equal(0, await tls.ReadAsync(new byte[1], ct));
        }
        catch (Exception ex) when (ex is IOException or AuthenticationException)
        {
            // Hung up on as well.
        }

        return subject;
    }
}
