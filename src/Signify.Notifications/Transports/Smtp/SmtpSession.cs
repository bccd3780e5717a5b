using MailKit.Net.Smtp;
using MimeKit;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>A kept connection to a mail server, signed in.</summary>
internal sealed class SmtpSession(SmtpDialogue dialogue, SmtpEndpoint endpoint, TimeSpan timeout, ServerWords words, TimeProvider time) : ITransportSession
{
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    private bool _usable = true;
    private bool _served;

    public bool Usable => _usable && dialogue.Connected;

    public async Task<SendOutcome> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (Refused(mail, out var sender, out var recipients) is { } refusal)
        {
            return refusal.ToOutcome(null);
        }

        using var submission = new SmtpSubmission(mail, sender, recipients, timeout, time, ct);
        var stale = _served;
        _served = true;
        return words.Clean(await SubmitAsync(submission, mail.Recipients, stale, ct));
    }

    public async Task CloseAsync(CancellationToken ct)
    {
        _usable = false;
        // Nothing is lost with a farewell: a slow server keeps nobody waiting.
        using var limit = new CancellationTokenSource(FarewellLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        await dialogue.QuitAsync(either.Token);
    }

    public ValueTask DisposeAsync()
    {
        _usable = false;
        return dialogue.DisposeAsync();
    }

    private async Task<SendOutcome> SubmitAsync(SmtpSubmission submission, IReadOnlyList<string> recipients, bool stale, CancellationToken ct)
    {
        try
        {
            return new SendOutcome.Accepted(await dialogue.SubmitAsync(submission));
        }
        catch (Exception ex) when (SmtpFailures.Understands(ex) || ex is OperationCanceledException)
        {
            if (submission.WasCalledOff && !SmtpOutcomes.IsReply(ex))
            {
                _usable = false;
                throw new OperationCanceledException(ct);
            }

            var verdict = SmtpOutcomes.Of(ex, dialogue.Situation(submission.Stage) with { Recipients = recipients }, submission, stale);
            _usable &= verdict.Usable;
            return verdict.Outcome;
        }
    }

    /// <summary>What needs no server to be seen; null when nothing is wrong.</summary>
    private Refusal? Refused(OutgoingMail mail, out MailboxAddress sender, out IReadOnlyList<MailboxAddress> recipients)
    {
        var to = mail.Recipients.Select(EnvelopeAddress.TryRead).ToList();
        var from = EnvelopeAddress.TryRead(mail.From);
        (sender, recipients) = (from!, to!);
        return (from, dialogue.Capabilities, dialogue.SizeLimit) switch
        {
            (null, _, _) => new Refusal(Fault.Configuration, SmtpFindings.SenderNotAnAddress()),
            _ when to.Count == 0 || to.Contains(null) => new Refusal(Fault.OfMessage, SmtpFindings.NotAnAddress()),
            var (_, can, _) when !can.HasFlag(SmtpCapabilities.UTF8) && (from.NeedsUtf8() || to.Any(a => a!.NeedsUtf8())) =>
                new Refusal(Fault.OfMessage, SmtpFindings.AddressNotAscii(endpoint)),
            var (_, can, _) when !can.HasFlag(SmtpCapabilities.EightBitMime) && !System.Text.Ascii.IsValid(mail.Content.Span) =>
                new Refusal(Fault.OfMessage, SmtpFindings.EightBitRefused(endpoint)),
            var (_, _, limit) when limit > 0 && mail.Content.Length > limit => new Refusal(Fault.OfMessage, SmtpFindings.TooLarge()),
            _ => null,
        };
    }
}
