using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Network;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Transports.Smtp.Client;

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
    private readonly StaggeredConnector _connector;
    private readonly RelayAddresses _relays;
    private readonly SmtpTranscript _transcript;
    private readonly SmtpConnection _connection;

    public SmtpDialogue(SmtpEndpoint endpoint, ServerTrust trust, TimeSpan timeout, StaggeredConnector connector, RelayAddresses relays)
    {
        (_endpoint, _trust, _timeout, _connector, _relays) = (endpoint, trust, timeout, connector, relays);
        // Of a host that a ruleset chose, nothing is shown that could be another service's banner.
        _transcript = new SmtpTranscript(withholdUntilGreeting: endpoint.IsChosenByRuleset);
        _connection = new SmtpConnection(endpoint, timeout, _transcript, Judge);
    }

    /// <summary>What the server's certificate was found to be; null before <see cref="SecureAsync"/> and on an unencrypted connection.</summary>
    public CertificateVerdict? Certificate { get; private set; }

    /// <summary>The addresses that were tried, by family, where the first one did not answer; null otherwise.</summary>
    public string? ConnectEvidence { get; private set; }

    /// <summary>The dialogue so far, without secrets and message content.</summary>
    public string Transcript => _transcript.ToString();

    /// <summary>The first line of what answered; "" where nothing did.</summary>
    public string Banner => _transcript.Greeting;

    public bool Encrypted => _connection.Encrypted;

    /// <summary>Such as "TLS 1.3"; "" on an unencrypted connection.</summary>
    public string Protocol => _connection.Protocol switch
    {
        null => "",
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        { } other => $"{other}",
    };

    public IReadOnlyCollection<string> Mechanisms => _connection.Client.AuthenticationMechanisms;

    /// <summary>The addresses of the host that may be connected to.</summary>
    public async Task<IPAddress[]> ResolveAsync(CancellationToken ct)
    {
        try
        {
            return _relays.Permitted(_endpoint, await _connector.ResolveAsync(_endpoint.Host, ct));
        }
        catch (SocketException ex)
        {
            throw new TransportUnavailableException(SmtpFindings.NameNotFound(_endpoint), ex.Message, ex);
        }
    }

    /// <summary>Connects to the address that answers first, tried staggered.</summary>
    public Task<IPEndPoint> ConnectAsync(IReadOnlyList<IPAddress> addresses, CancellationToken ct) =>
        SmtpSpan.OfAsync(SpanNames.SmtpConnect, _endpoint, _transcript, () => ConnectToAnyAsync(addresses, ct));

    private async Task<IPEndPoint> ConnectToAnyAsync(IReadOnlyList<IPAddress> addresses, CancellationToken ct)
    {
        try
        {
            var opened = await _connector.ConnectAsync(_relays.Permitted(_endpoint, addresses), _endpoint.Port, ct);
            _connection.Attach(new BoundedStream(opened.Socket, ReplyLimit));
            ConnectEvidence = opened.Evidence;
            return opened.Remote;
        }
        catch (ConnectFailedException ex)
        {
            throw new TransportUnavailableException(SmtpFindings.NotConnected(_endpoint, ex.SocketErrorCode), ex.Message, ex);
        }
    }

    /// <summary>Greeting, EHLO and TLS.</summary>
    public Task SecureAsync(CancellationToken ct) =>
        SayAsync(SmtpStage.StartTls, SpanNames.SmtpStartTls, () => _connection.BeginAsync(ct), ct);

    public Task SignInAsync(SmtpCredentials credentials, CancellationToken ct) =>
        // Where encryption is required, no token and no password travels before it, whoever calls this and when.
        _endpoint.Encryption is SmtpEncryption.Required or SmtpEncryption.Implicit && !Encrypted
            ? throw new InvalidOperationException("Encrypt first.")
            : SayAsync(SmtpStage.SignIn, SpanNames.SmtpSignIn, () => credentials.SignInAsync(_connection.Client, ct), ct);

    /// <summary>MAIL FROM: asks whether the server takes this sender. Nothing is sent; <see cref="QuitAsync"/> takes it back with RSET.</summary>
    public Task ProbeSenderAsync(string from, CancellationToken ct) =>
        SayAsync(SmtpStage.Sender, () => _connection.Client.ProbeSenderAsync(from, ct), ct);

    internal bool Connected => _connection.IsOpen;

    internal MailKit.Net.Smtp.SmtpCapabilities Capabilities => _connection.Client.Capabilities;

    /// <summary>Bytes; 0 when the server names no limit.</summary>
    internal uint SizeLimit => _connection.Client.MaxSize;

    /// <summary>One message of a mailing. Throws what was heard: of an exception alone nobody knows what became of the message.</summary>
    /// <returns>The server's receipt.</returns>
    internal Task<string> SubmitAsync(SmtpSubmission submission)
    {
        _connection.Refill();
        var exchange = _connection.Exchange;
        return Tracing.On ? SmtpSpan.OfAsync(SpanNames.SmtpSubmit, _endpoint, _transcript, () => exchange.SubmitAsync(submission)) : exchange.SubmitAsync(submission);
    }

    internal SmtpSituation Situation(SmtpStage stage) =>
        new(stage, _endpoint, _timeout, SmtpReply.Read(_transcript.LastReply), Certificate, Encrypted) { Withheld = _transcript.Withholds };

    /// <summary>One message that somebody watches, by the same road as those of a mailing.</summary>
    /// <returns>The server's receipt.</returns>
    public async Task<string> SendAsync(MimeMessage message, CancellationToken ct)
    {
        var receipt = "";
        await SayAsync(SmtpStage.Content, async () =>
        {
            await _connection.Client.ResetAsync(ct);
            using var submission = SmtpSubmission.Watched(
                await WireForm.OfAsync(message, ct), message.From.Mailboxes.First(), [.. message.GetRecipients()], ct);
            receipt = await SubmitAsync(submission);
        }, ct);
        return receipt;
    }

    /// <summary>RSET where a sender was named, and QUIT.</summary>
    public async Task QuitAsync(CancellationToken ct)
    {
        if (!Connected)
        {
            return;
        }

        try
        {
            await _connection.Client.ResetAsync(ct);
            await _connection.Client.DisconnectAsync(quit: true, ct);
        }
        catch (Exception ex) when (ex is IOException or SocketException or MailKit.ProtocolException or OperationCanceledException)
        {
            // All was said; a server that hangs up without a farewell does no harm.
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private bool Judge(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Certificate = _trust.Judge(certificate, chain, errors);
        return Certificate.Fault == CertificateFault.None || _endpoint.Encryption == SmtpEncryption.WhereOffered;
    }

    private Task SayAsync(SmtpStage stage, string span, Func<Task> say, CancellationToken ct) => SmtpSpan.OfAsync(span, _endpoint, _transcript, async () =>
    {
        await SayAsync(stage, say, ct);
        return true;
    });

    private async Task SayAsync(SmtpStage stage, Func<Task> say, CancellationToken ct)
    {
        _connection.Refill();
        try
        {
            await say();
        }
        catch (Exception ex) when (SmtpFailures.Understands(ex))
        {
            // Stopped, MailKit blames what it was at.
            ct.ThrowIfCancellationRequested();
            throw SmtpFailures.Translate(ex, Situation(stage));
        }
    }
}
