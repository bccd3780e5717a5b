using MailKit.Net.Smtp;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>What became of a message when sending it threw. The server's reply decides; where there is none, how far the message was.</summary>
internal static class SmtpOutcomes
{
    /// <summary>Whether the exception tells of a reply, and not of a broken link.</summary>
    public static bool IsReply(Exception ex) => ex is SmtpCommandException;

    /// <param name="stale">The connection had served before, so that a break at the first command means no more than that it was idle too long.</param>
    public static SmtpVerdict Of(Exception ex, SmtpSituation at, SmtpSubmission submission, bool stale) => ex switch
    {
        WithdrawnException => new(new SendOutcome.Withdrawn(), Usable: true),
        BrokenOffException => new(new SendOutcome.Withdrawn(), Usable: false),
        _ when IsReply(ex) => OfReply(SmtpFailures.Heard(ex, at), submission, stale),
        _ => new(OfBreak(ex, at, submission, stale), Usable: false),
    };

    private static SmtpVerdict OfReply(SmtpSituation at, SmtpSubmission submission, bool stale) => at.Reply.Code switch
    {
        // The farewell of a connection that was idle too long: what the server thinks of the mailbox, a new one will hear.
        421 when stale && at.Stage == SmtpStage.Sender => new(Unreachable(SmtpFindings.LinkLost(at), at.Reply.ToString(), TimeSpan.Zero), Usable: false),
        >= 400 => new(SmtpReplies.Judge(at).ToOutcome(at.Reply.ToString()), Usable: at.Reply is not ({ Code: 421 or 503 } or { SaysTokenExpired: true })),
        // RFC 5321: the first digit decides, and 2 means that the server has it.
        >= 200 and < 300 when submission.MayHaveGone => new(new SendOutcome.Accepted(at.Reply.Text), Usable: true),
        _ when submission.MayHaveGone => new(new SendOutcome.InDoubt(SmtpFindings.InDoubt(at.Endpoint), at.Reply.ToString()), Usable: false),
        _ => new(Unreachable(SmtpFindings.NotMailServer(at.Endpoint), at.Reply.ToString()), Usable: false),
    };

    private static SendOutcome OfBreak(Exception ex, SmtpSituation at, SmtpSubmission submission, bool stale)
    {
        var words = at.Reply.Text.Length > 0 ? at.Reply.ToString() : null;
        return ex switch
        {
            _ when submission.MayHaveGone => new SendOutcome.InDoubt(SmtpFindings.InDoubt(at.Endpoint), words),
            // The server had no part in it.
            OperationCanceledException when submission.AwaitsRecord => new SendOutcome.Withdrawn(),
            // It may be this message that the server chokes on, or something on the way: the others go on.
            _ when submission.ContentBegun => new SendOutcome.RetryLater(SmtpFindings.LinkLost(at), words, null),
            OperationCanceledException => Unreachable(SmtpFindings.Silent(at), words),
            SmtpProtocolException when at.Reply is { Code: 0, Text.Length: > 0 } => Unreachable(SmtpFindings.NotMailServer(at.Endpoint), words),
            _ => Unreachable(SmtpFindings.LinkLost(at), words, stale && submission.Stage == SmtpStage.Sender ? TimeSpan.Zero : null),
        };
    }

    private static SendOutcome.Stopped Unreachable(Finding reason, string? words, TimeSpan? after = null) =>
        new(StopKind.Unreachable, reason, words, after);
}

/// <param name="Usable">Whether the connection can take another message.</param>
internal sealed record SmtpVerdict(SendOutcome Outcome, bool Usable);
