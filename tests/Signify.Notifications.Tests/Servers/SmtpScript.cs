using System.Collections.Immutable;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Tests.Servers;

/// <summary>What a mail server says at each moment. Starts as Exchange Online's client submission.</summary>
public sealed record SmtpScript
{
    private static readonly string[] Capabilities =
        ["SIZE 157286400", "PIPELINING", "DSN", "ENHANCEDSTATUSCODES", "8BITMIME", "BINARYMIME", "CHUNKING", "SMTPUTF8"];

    public static SmtpScript Exchange { get; } = new()
    {
        Replies = new Dictionary<SmtpMoment, string>
        {
            [SmtpMoment.Greeting] = "220 TEST.outlook.office365.com Microsoft ESMTP MAIL Service ready",
            [SmtpMoment.Ehlo] = Hello("STARTTLS"),
            [SmtpMoment.StartTls] = "220 2.0.0 SMTP server ready",
            [SmtpMoment.EhloTls] = Hello("AUTH LOGIN XOAUTH2"),
            [SmtpMoment.Auth] = "235 2.7.0 Authentication successful",
            [SmtpMoment.Mail] = "250 2.1.0 Sender OK",
            [SmtpMoment.Rcpt] = "250 2.1.5 Recipient OK",
            [SmtpMoment.Data] = "354 Start mail input; end with <CRLF>.<CRLF>",
            [SmtpMoment.Content] = "250 2.0.0 OK <receipt-1@test> [Hostname=TEST]",
            [SmtpMoment.Rset] = "250 2.0.0 Resetting",
            [SmtpMoment.Quit] = "221 2.0.0 Service closing transmission channel",
        }.ToImmutableDictionary(),
    };

    /// <summary>A relay of the house: no encryption, no sign-in.</summary>
    public static SmtpScript PlainRelay => Exchange.Answer(SmtpMoment.Ehlo, Hello());

    public required ImmutableDictionary<SmtpMoment, string> Replies { get; init; }

    public ImmutableDictionary<SmtpMoment, SmtpBehaviour> Behaviours { get; init; } = ImmutableDictionary<SmtpMoment, SmtpBehaviour>.Empty;

    public ImmutableDictionary<SmtpMoment, Task> Holds { get; init; } = ImmutableDictionary<SmtpMoment, Task>.Empty;

    public X509Certificate2 Certificate { get; init; } = TestCertificates.Good;

    public SslProtocols Protocols { get; init; }

    /// <summary>Asks back before the answer to AUTH, as other makers' servers do.</summary>
    public string? AuthChallenge { get; init; }

    /// <summary>Answers DATA with 354 though it took neither sender nor recipient, as RFC 2920 warns that some do.</summary>
    public bool AsksForContentOfNobody { get; init; }

    /// <summary>TLS from the first byte.</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>Asked at each moment: what to say instead of the usual reply, or null.</summary>
    public Func<SmtpMoment, string?> Instead { get; init; } = _ => null;

    /// <summary>Ends when the server has begun to say nothing more.</summary>
    public TaskCompletionSource Stalled { get; private init; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>An EHLO reply with the usual capabilities and these.</summary>
    public static string Hello(params string[] more)
    {
        string[] lines = ["TEST.outlook.office365.com Hello [127.0.0.1]", .. Capabilities, .. more];
        return string.Join("\r\n", lines.Select((line, i) => $"250{(i == lines.Length - 1 ? ' ' : '-')}{line}"));
    }

    public SmtpScript Answer(SmtpMoment moment, string reply) => this with { Replies = Replies.SetItem(moment, reply) };

    public SmtpScript At(SmtpMoment moment, SmtpBehaviour behaviour) => this with
    {
        Behaviours = Behaviours.SetItem(moment, behaviour),
        Stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
    };

    /// <summary>Answers at that moment only when <paramref name="until"/> has ended.</summary>
    public SmtpScript Hold(SmtpMoment moment, Task until) => this with { Holds = Holds.SetItem(moment, until) };
}
