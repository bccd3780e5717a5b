using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Cluster.Tests.Hosting;

/// <summary>Knocks at the port on which the processes of a cluster speak with each other.</summary>
internal static class SiloDoor
{
    // Who is let in is waited for: the engine hears first and speaks then.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <param name="shown">The certificate to show; null shows none.</param>
    /// <returns>Whether the process listens on, instead of hanging up.</returns>
    public static async Task<bool> OpensAsync(int port, X509Certificate2? shown, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, ct);
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "signify-cluster",
                    ClientCertificateContext = shown is null ? null : SslStreamCertificateContext.Create(shown, additionalCertificates: null, offline: true),
                    // A stranger takes whatever it finds; who is behind the door is not asked here.
                    RemoteCertificateValidationCallback = (_, found, _, _) => found is not null,
                },
                ct);
            limit.CancelAfter(Patience);
            return await tls.ReadAsync(new byte[1], limit.Token) > 0;
        }
        catch (Exception ex) when (ex is IOException or AuthenticationException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return true;
        }
    }
}
