using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Tests.Servers;

/// <summary>
/// Lets the servers of several certificates resume each other's TLS sessions, as the services of one Postfix or the hosts behind one
/// name do. .NET has no option for the key of its session tickets, so OpenSSL is asked directly.
/// </summary>
internal static class SharedSessionTickets
{
    private const string OpenSsl = "libssl.so.3";
    private const int SetTicketKeys = 59;
    private const int TicketKeyBytes = 80;

    /// <returns>False where .NET's TLS is not OpenSSL 3.</returns>
    public static async Task<bool> TryShareAsync(CancellationToken ct, params X509Certificate2[] certificates)
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad(OpenSsl, out _))
        {
            return false;
        }

        var key = RandomNumberGenerator.GetBytes(TicketKeyBytes);
        foreach (var certificate in certificates)
        {
            await SetAsync(certificate, key, ct);
        }

        return true;
    }

    // A handshake makes .NET create and cache the certificate's OpenSSL context; the scripted servers use the same one.
    private static async Task SetAsync(X509Certificate2 certificate, byte[] key, CancellationToken ct)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var caller = new TcpClient();
        await caller.ConnectAsync((IPEndPoint)listener.LocalEndpoint, ct);
        await using var client = new SslStream(caller.GetStream());
        await using var server = new SslStream((await listener.AcceptTcpClientAsync(ct)).GetStream());
        await Task.WhenAll(
            server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, ct),
            client.AuthenticateAsClientAsync(Trusting(), ct));
        var field = typeof(SslStream).GetField("_securityContext", BindingFlags.NonPublic | BindingFlags.Instance)!;
        var ssl = (SafeHandle)field.GetValue(server)!;
        var context = ContextOf(ssl.DangerousGetHandle());
        Assert.Equal(1, Control(context, SetTicketKeys, key.Length, key));
        Assert.Equal(1, SetSessionIdContext(context, [1], 1));
    }

    private static SslClientAuthenticationOptions Trusting() => new()
    {
        TargetHost = "warm-up.invalid",
        AllowTlsResume = false,
        // The warm-up is about the server's context only.
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
    };

    [DllImport(OpenSsl, EntryPoint = "SSL_get_SSL_CTX")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint ContextOf(nint ssl);

    [DllImport(OpenSsl, EntryPoint = "SSL_CTX_ctrl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Control(nint context, int command, nint length, byte[] value);

    [DllImport(OpenSsl, EntryPoint = "SSL_CTX_set_session_id_context")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetSessionIdContext(nint context, byte[] id, uint length);
}
