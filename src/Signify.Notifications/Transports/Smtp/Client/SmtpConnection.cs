using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Signify.Notifications.Transports.Smtp.Client;

/// <summary>
/// One connection to a mail server: the socket's stream, TLS, and who speaks on it. MailKit's clients speak up to the sign-in, the
/// exchange after it. docs/smtp-connection.md explains the seam.
/// </summary>
/// <param name="validate">Decides on the server's certificate.</param>
internal sealed class SmtpConnection(
    SmtpEndpoint endpoint, TimeSpan timeout, SmtpTranscript transcript,
    Func<X509Certificate?, X509Chain?, SslPolicyErrors, bool> validate) : IAsyncDisposable
{
    private ProbingSmtpClient? _clear;
    private BoundedStream? _stream;
    private SecuredStream? _secured;
    private SmtpExchange? _exchange;

    /// <summary>The client that speaks now: after STARTTLS a second one, which knows nothing of what was said in clear text.</summary>
    public ProbingSmtpClient Client { get; private set; } = new(transcript, timeout, endpoint.EhloName);

    public bool Encrypted => _secured is not null;

    /// <summary>Null on an unencrypted connection.</summary>
    public SslProtocols? Protocol => _secured?.SslProtocol;

    public bool IsOpen => Client.IsConnected && _exchange is not { Broken: true };

    /// <summary>Sends messages; created with the first one, when the capabilities are known.</summary>
    public SmtpExchange Exchange => _exchange ??= new SmtpExchange(new SmtpWire(Stream, transcript), Client.Capabilities);

    private Stream Stream => (Stream?)_secured ?? _stream ?? throw new InvalidOperationException("Connect first.");

    public void Attach(BoundedStream stream) => _stream = stream;

    /// <summary>Allows the server as many bytes again, for its next replies.</summary>
    public void Refill() => _stream?.Refill();

    /// <summary>Greeting, EHLO and TLS.</summary>
    /// <exception cref="NotSupportedException">The endpoint requires encryption and the server does not offer STARTTLS.</exception>
    public async Task BeginAsync(CancellationToken ct)
    {
        if (endpoint.Encryption == SmtpEncryption.Implicit)
        {
            await EncryptAsync(greets: false, ct);
        }

        await GreetAsync(ct);
        if (endpoint.Encryption is SmtpEncryption.None or SmtpEncryption.Implicit)
        {
            return;
        }

        if (!Client.Capabilities.HasFlag(SmtpCapabilities.StartTLS))
        {
            // Never in clear text where encryption is required: a token or a password would travel with it.
            if (endpoint.Encryption == SmtpEncryption.Required)
            {
                throw new NotSupportedException("The server does not offer STARTTLS.");
            }

            return;
        }

        await Client.StartTlsAsync(ct);
        // A new client knows nothing of what was received in clear text, nor of what an attacker may have added to it.
        (_clear, Client) = (Client, new ProbingSmtpClient(transcript, timeout, endpoint.EhloName));
        await EncryptAsync(greets: true, ct);
        transcript.SkipGreeting();
        await GreetAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        _clear?.Dispose();
        Client.Dispose();
        if (_secured is not null)
        {
            await _secured.DisposeAsync();
        }

        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }
    }

    private Task GreetAsync(CancellationToken ct) =>
        Client.ConnectAsync(Stream, endpoint.Host, endpoint.Port, SecureSocketOptions.None, ct);

    private async Task EncryptAsync(bool greets, CancellationToken ct) =>
        _secured = await SecuredStream.OverAsync(Stream, endpoint.Host, validate, greets, ct);
}
