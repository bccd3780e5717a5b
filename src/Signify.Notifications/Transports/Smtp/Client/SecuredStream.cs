using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailKit.Security;

namespace Signify.Notifications.Transports.Smtp.Client;

/// <summary>
/// The encrypted end of a connection. Behind STARTTLS a server does not greet once more, and MailKit's client begins with hearing
/// a greeting: it gets one from here.
/// </summary>
internal sealed class SecuredStream : SslStream
{
    private static readonly byte[] Greeting = "220 Encrypted\r\n"u8.ToArray();

    private int _greeted;

    private SecuredStream(Stream wire, bool greets)
        : base(wire) => _greeted = greets ? 0 : Greeting.Length;

    /// <param name="judge">Whether the server's certificate will do; it looks at revocation itself, and can say why not.</param>
    /// <param name="greets">Whether nobody else does: behind STARTTLS.</param>
    /// <exception cref="SslHandshakeException">There is no encryption, whatever broke: the handshake, or the judgement.</exception>
    public static async Task<SecuredStream> OverAsync(
        Stream wire, string host, Func<X509Certificate?, X509Chain?, SslPolicyErrors, bool> judge, bool greets, CancellationToken ct)
    {
        var secured = new SecuredStream(wire, greets);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            // A resumed session presents the certificate of an earlier connection, possibly to another port of this host.
            AllowTlsResume = false,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            // The judge looks up what may be looked up.
            CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => judge(certificate, chain, errors),
        };
        try
        {
            await secured.AuthenticateAsClientAsync(options, ct);
            return secured;
        }
        catch (OperationCanceledException)
        {
            await secured.DisposeAsync();
            throw;
        }
        catch (Exception ex)
        {
            await secured.DisposeAsync();
            throw new SslHandshakeException(ex.Message, ex);
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _greeted < Greeting.Length ? ValueTask.FromResult(Greet(buffer.Span)) : base.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _greeted < Greeting.Length ? Task.FromResult(Greet(buffer.AsSpan(offset, count))) : base.ReadAsync(buffer, offset, count, cancellationToken);

    private int Greet(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, Greeting.Length - _greeted);
        Greeting.AsSpan(_greeted, length).CopyTo(buffer);
        _greeted += length;
        return length;
    }
}
