using MimeKit;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>
/// One message on its way to the server: how far it is, and how long it may still take. Each network step has the Timeout of
/// the settings; the caller's token ends it only while nothing can have been sent.
/// </summary>
internal sealed class SmtpSubmission : IDisposable
{
    private readonly OutgoingMail _mail;
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _bound;
    private readonly PointOfNoReturn _point;
    private int _recipientsLeft;

    public SmtpSubmission(OutgoingMail mail, MailboxAddress sender, IReadOnlyList<MailboxAddress> recipients, TimeSpan timeout, TimeProvider time, CancellationToken stop)
        : this(mail, sender, recipients, timeout, new CancellationTokenSource(timeout, time), stop)
    {
    }

    private SmtpSubmission(
        OutgoingMail mail, MailboxAddress sender, IReadOnlyList<MailboxAddress> recipients, TimeSpan timeout, CancellationTokenSource bound, CancellationToken stop)
    {
        (_mail, Sender, Recipients, _timeout, _bound, _recipientsLeft) = (mail, sender, recipients, timeout, bound, recipients.Count);
        EightBit = !System.Text.Ascii.IsValid(mail.Content.Span);
        _point = new PointOfNoReturn(_bound, stop);
    }

    public MailboxAddress Sender { get; }

    public IReadOnlyList<MailboxAddress> Recipients { get; }

    public ReadOnlyMemory<byte> Content => _mail.Content;

    public bool EightBit { get; }

    /// <summary>An address needs SMTPUTF8.</summary>
    public bool Utf8 => Sender.NeedsUtf8() || Recipients.Any(r => r.NeedsUtf8());

    /// <summary>What was last said to the server, or what is next behind the answers so far.</summary>
    public SmtpStage Stage { get; private set; } = SmtpStage.Sender;

    /// <summary>The server asked for the content, and some of it was handed over.</summary>
    public bool ContentBegun { get; private set; }

    /// <summary>It is known that the message is written down as on its way, or that it will not be.</summary>
    public bool IsWrittenDown => _mail.Start.IsWritten;

    /// <summary>It waits to be written down, or did so until its time was up.</summary>
    public bool AwaitsRecord { get; private set; }

    /// <summary>All of the content was handed over, so that the dot behind it may be out: only the server knows what became of it.</summary>
    public bool MayHaveGone => _point.Passed;

    /// <summary>The caller's token ended it in time.</summary>
    public bool WasCalledOff => _point.CalledOff;

    public CancellationToken Bound => _bound.Token;

    /// <summary>A message that somebody watches: only <paramref name="bound"/> ends it, at any time.</summary>
    public static SmtpSubmission Watched(OutgoingMail mail, MailboxAddress sender, IReadOnlyList<MailboxAddress> recipients, CancellationToken bound) =>
        new(mail, sender, recipients, Timeout.InfiniteTimeSpan, CancellationTokenSource.CreateLinkedTokenSource(bound), CancellationToken.None);

    /// <summary>Begins to record that the message is about to be sent, while the server works on its envelope.</summary>
    public void BeginRecord()
    {
        _ = _mail.Start.WriteAsync();
        // The time that the database took is not the server's.
        EnterStep(Stage);
    }

    public void SenderAnswered() => EnterStep(SmtpStage.Recipient);

    public void RecipientAnswered()
    {
        if (--_recipientsLeft == 0)
        {
            EnterStep(SmtpStage.Content);
        }
    }

    /// <summary>Just before DATA leaves, and what leaves with it.</summary>
    /// <exception cref="WithdrawnException">The message is not wanted any more.</exception>
    public void LookAgain()
    {
        if (!_mail.StillWanted())
        {
            throw new WithdrawnException();
        }
    }

    public void EnterContent()
    {
        ContentBegun = true;
        EnterStep(SmtpStage.Content);
    }

    public void EnterStep(SmtpStage stage)
    {
        Stage = stage;
        _bound.CancelAfter(_timeout);
    }

    /// <summary>The dot may follow once the message is written down, and while it is still this process's to send.</summary>
    /// <exception cref="OperationCanceledException">It was called off before.</exception>
    /// <exception cref="BrokenOffException">Another process has it, or it was called back.</exception>
    public async Task ContentIsCompleteAsync()
    {
        AwaitsRecord = true;
        if (!await _mail.Start.WriteAsync().WaitAsync(Bound) || !_mail.StillWanted())
        {
            throw new BrokenOffException();
        }

        AwaitsRecord = false;
        // A time-out that struck meanwhile would end the dot before it left, and nobody could tell.
        Bound.ThrowIfCancellationRequested();
        _point.Pass();
        EnterStep(SmtpStage.Content);
    }

    public void Dispose()
    {
        _point.Dispose();
        _bound.Dispose();
    }
}
