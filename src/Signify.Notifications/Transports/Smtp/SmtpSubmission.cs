using MimeKit;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>
/// One message on its way to the server: how far it is, and how long it may still take. Each network step has the Timeout of
/// the settings; the caller's token ends it only while nothing can have been sent.
/// </summary>
internal sealed class SmtpSubmission : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _bound;
    private readonly PointOfNoReturn _point;
    private readonly Func<bool> _stillWanted;
    private readonly Task<bool> _writtenDown;
    private int _recipientsLeft;

    public SmtpSubmission(OutgoingMail mail, MailboxAddress sender, IReadOnlyList<MailboxAddress> recipients, TimeSpan timeout, TimeProvider time, CancellationToken stop)
    {
        (Sender, Recipients, _timeout, _stillWanted, _writtenDown, _recipientsLeft) = (sender, recipients, timeout, mail.StillWanted, mail.WrittenDown, recipients.Count);
        Content = mail.Content;
        EightBit = !System.Text.Ascii.IsValid(mail.Content.Span);
        _bound = new CancellationTokenSource(timeout, time);
        _point = new PointOfNoReturn(_bound, stop);
    }

    public MailboxAddress Sender { get; }

    public IReadOnlyList<MailboxAddress> Recipients { get; }

    public ReadOnlyMemory<byte> Content { get; }

    public bool EightBit { get; }

    /// <summary>What was last said to the server.</summary>
    public SmtpStage Stage { get; private set; } = SmtpStage.Sender;

    /// <summary>All of the content was handed over, so that the dot behind it may be out: only the server knows what became of it.</summary>
    public bool MayHaveGone => _point.Passed;

    /// <summary>The caller's token ended it in time.</summary>
    public bool WasCalledOff => _point.CalledOff;

    public CancellationToken Bound => _bound.Token;

    public void SenderAccepted() => EnterStep(SmtpStage.Recipient);

    /// <summary>Once the server takes the last recipient, DATA is next.</summary>
    /// <exception cref="WithdrawnException">The message is not wanted any more.</exception>
    public void RecipientAccepted()
    {
        if (--_recipientsLeft > 0)
        {
            return;
        }

        EnterStep(SmtpStage.Content);
        if (!_stillWanted())
        {
            throw new WithdrawnException();
        }
    }

    public void EnterStep(SmtpStage stage)
    {
        Stage = stage;
        _bound.CancelAfter(_timeout);
    }

    /// <summary>The dot may follow once the message is written down.</summary>
    /// <exception cref="OperationCanceledException">It was called off before.</exception>
    /// <exception cref="BrokenOffException">Another process has it.</exception>
    public async Task ContentIsCompleteAsync()
    {
        if (!await _writtenDown.WaitAsync(Bound))
        {
            throw new BrokenOffException();
        }

        _point.Pass();
        EnterStep(SmtpStage.Content);
    }

    public void Dispose()
    {
        _point.Dispose();
        _bound.Dispose();
    }
}
