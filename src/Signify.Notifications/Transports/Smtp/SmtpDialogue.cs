using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using MailKit.Security;
using MimeKit;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>
/// One connection to a mail server, stage by stage. The check walks the stages one at a time and shows each; sending walks
/// through them all. Every stage throws <see cref="TransportUnavailableException"/> when it fails.
/// </summary>
public sealed class SmtpDialogue : IAsyncDisposable
{
    private const long ReplyLimit = 256 * 1024;

    private readonly SmtpEndpoint _endpoint;
    private readonly ServerTrust _trust;
    private readonly TimeSpan _timeout;
    private readonly SmtpTranscript _transcript = new();
    private readonly ProbingSmtpClient _client;
    private BoundedStream? _stream;

    public SmtpDialogue(SmtpEndpoint endpoint, ServerTrust trust, TimeSpan timeout)
    {
        (_endpoint, _trust, _timeout) = (endpoint, trust, timeout);
        _client = new ProbingSmtpClient(_transcript)
        {
            Timeout = (int)timeout.TotalMilliseconds,
            // The verdict below looks at revocation itself, and can say why.
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                Certificate = _trust.Judge(certificate, chain, errors);
                return Certificate.Fault == CertificateFault.None || _endpoint.Encryption == SmtpEncryption.WhereOffered;
            },
        };
        if (Uri.CheckHostName(Dns.GetHostName()) != UriHostNameType.Dns)
        {
            // Exchange refuses an EHLO with a name that is no host name.
            _client.LocalDomain = "localhost";
        }
    }

    /// <summary>What the server's certificate was found to be; null before <see cref="SecureAsync"/> and on an unencrypted connection.</summary>
    public CertificateVerdict? Certificate { get; private set; }

    /// <summary>The dialogue so far, without secrets and message content.</summary>
    public string Transcript => _transcript.ToString();

    /// <summary>The first line of what answered; "" where nothing did.</summary>
    public string Banner => _transcript.Greeting;

    public bool Encrypted => _client.IsSecure;

    /// <summary>Such as "TLS 1.3"; "" on an unencrypted connection.</summary>
    public string Protocol => !Encrypted ? "" : _client.SslProtocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        var other => other.ToString(),
    };

    public IReadOnlyCollection<string> Mechanisms => _client.AuthenticationMechanisms;

    public async Task<IPAddress[]> ResolveAsync(CancellationToken ct)
    {
        if (IPAddress.TryParse(_endpoint.Host, out var address))
        {
            return [address];
        }

        try
        {
            return await Dns.GetHostAddressesAsync(_endpoint.Host, ct);
        }
        catch (SocketException ex)
        {
            throw new TransportUnavailableException(SmtpFindings.NameNotFound(_endpoint), ex.Message, ex);
        }
    }

    /// <summary>Connects to the first address that answers.</summary>
    public Task<IPEndPoint> ConnectAsync(IReadOnlyList<IPAddress> addresses, CancellationToken ct) =>
        SmtpSpan.OfAsync(SpanNames.SmtpConnect, _endpoint, _transcript, () => ConnectToAnyAsync(addresses, ct));

    private async Task<IPEndPoint> ConnectToAnyAsync(IReadOnlyList<IPAddress> addresses, CancellationToken ct)
    {
        SocketException? last = null;
        foreach (var address in addresses)
        {
            // Nagle's algorithm would hold the end of every message over 4 KB back for some 40 ms.
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                var remote = new IPEndPoint(address, _endpoint.Port);
                await socket.ConnectAsync(remote, ct);
                _stream = new BoundedStream(socket, ReplyLimit);
                return remote;
            }
            catch (SocketException ex)
            {
                socket.Dispose();
                last = ex;
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw;
            }
        }

        throw new TransportUnavailableException(SmtpFindings.NotConnected(_endpoint, last?.SocketErrorCode), last?.Message, last);
    }

    /// <summary>Greeting, EHLO and TLS.</summary>
    public Task SecureAsync(CancellationToken ct)
    {
        var stream = _stream ?? throw new InvalidOperationException("Connect first.");
        var options = _endpoint.Encryption switch
        {
            // Never StartTlsWhenAvailable here: a token or a password must not travel in clear.
            SmtpEncryption.Required => SecureSocketOptions.StartTls,
            SmtpEncryption.Implicit => SecureSocketOptions.SslOnConnect,
            SmtpEncryption.WhereOffered => SecureSocketOptions.StartTlsWhenAvailable,
            _ => SecureSocketOptions.None,
        };
        return SayAsync(SmtpStage.StartTls, SpanNames.SmtpStartTls, () => _client.ConnectAsync(stream, _endpoint.Host, _endpoint.Port, options, ct), ct);
    }

    public Task SignInAsync(SmtpCredentials credentials, CancellationToken ct) =>
        SayAsync(SmtpStage.SignIn, SpanNames.SmtpSignIn, () => credentials.SignInAsync(_client, ct), ct);

    /// <summary>MAIL FROM: asks whether the server takes this sender. Nothing is sent; <see cref="QuitAsync"/> takes it back with RSET.</summary>
    public Task ProbeSenderAsync(string from, CancellationToken ct) =>
        SayAsync(SmtpStage.Sender, () => _client.ProbeSenderAsync(from, ct), ct);

    internal bool Connected => _client.IsConnected;

    internal MailKit.Net.Smtp.SmtpCapabilities Capabilities => _client.Capabilities;

    /// <summary>Bytes; 0 when the server names no limit.</summary>
    internal uint SizeLimit => _client.MaxSize;

    /// <summary>One message of a mailing. Throws what MailKit throws: of an exception alone nobody knows what became of the message.</summary>
    /// <returns>The server's receipt.</returns>
    internal Task<string> SubmitAsync(SmtpSubmission submission)
    {
        _stream?.Refill();
        return Tracing.On ? SmtpSpan.OfAsync(SpanNames.SmtpSubmit, _endpoint, _transcript, () => _client.SubmitAsync(submission)) : _client.SubmitAsync(submission);
    }

    internal SmtpSituation Situation(SmtpStage stage) =>
        new(stage, _endpoint, _timeout, SmtpReply.Read(_transcript.LastReply), Certificate, Encrypted);

    /// <returns>The server's receipt.</returns>
    public async Task<string> SendAsync(MimeMessage message, CancellationToken ct)
    {
        var receipt = "";
        await SayAsync(SmtpStage.Content, async () => receipt = await _client.SendAsync(message, ct), ct);
        return receipt;
    }

    /// <summary>RSET where a sender was named, and QUIT.</summary>
    public async Task QuitAsync(CancellationToken ct)
    {
        if (!_client.IsConnected)
        {
            return;
        }

        try
        {
            await _client.ResetAsync(ct);
            await _client.DisconnectAsync(quit: true, ct);
        }
        catch (Exception ex) when (ex is IOException or SocketException or MailKit.ProtocolException or OperationCanceledException)
        {
            // All was said; a server that hangs up without a farewell does no harm.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }
    }

    private Task SayAsync(SmtpStage stage, string span, Func<Task> say, CancellationToken ct) => SmtpSpan.OfAsync(span, _endpoint, _transcript, async () =>
    {
        await SayAsync(stage, say, ct);
        return true;
    });

    private async Task SayAsync(SmtpStage stage, Func<Task> say, CancellationToken ct)
    {
        _stream?.Refill();
        try
        {
            await say();
        }
        catch (Exception ex) when (SmtpFailures.Understands(ex))
        {
            // Stopped during the TLS handshake, MailKit blames the handshake.
            ct.ThrowIfCancellationRequested();
            throw SmtpFailures.Translate(ex, Situation(stage));
        }
    }
}
