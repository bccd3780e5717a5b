namespace Signify.Notifications.Delivery.HandIn;

/// <summary>One mailing on its way to the disk: reads and checks the next portion while the one before is written.</summary>
internal sealed class MailingHandIn(MailingRows rows, RecipientRules rules, int listed)
{
    // A transaction's fixed costs are spread over these; others wait for their turn no longer than this takes.
    private const int PortionRows = 2000;
    private const int PortionCharacters = 4 * 1024 * 1024;

    private readonly List<RejectedLine> _rejected = [];
    private List<QueuedRecipient> _next = new(PortionRows);
    private int _characters;
    private long _rejectedTotal;

    public IReadOnlyList<RejectedLine> Rejected => _rejected;

    public long RejectedTotal => _rejectedTotal;

    public bool Any => rows.Written + _next.Count > 0;

    /// <summary>Reads to the end; the last portion stays in hand.</summary>
    public async Task ReadAsync(IAsyncEnumerable<NewRecipient> recipients, CancellationToken ct)
    {
        var writing = Task.CompletedTask;
        try
        {
            await foreach (var recipient in recipients.WithCancellation(ct))
            {
                Take(recipient);
                if (_next.Count < PortionRows && _characters < PortionCharacters)
                {
                    continue;
                }

                await writing;
                var portion = _next;
                (_next, _characters) = (new List<QueuedRecipient>(PortionRows), 0);
                // SQLite's driver works within the call.
                writing = Task.Run(() => rows.AddAsync(portion, ct), ct);
            }
        }
        finally
        {
            // Whatever ends the reading, nobody writes on after this call.
            await writing;
        }
    }

    public Task<HandInKey?> FinishAsync(
        Func<Persistence.NotificationsDbContext, Task<HandInKey?>> find, Func<HandInOutcome.MailingQueued, HandInKey?> key, CancellationToken ct) =>
        rows.FinishAsync(_next, find, () => key(Answer()), ct);

    public HandInOutcome.MailingQueued Answer() => new(rows.MailingId, rows.Written, _rejected, _rejectedTotal);

    private void Take(in NewRecipient recipient)
    {
        if (rules.TryRead(recipient, out var queued, out var fault))
        {
            _next.Add(queued);
            _characters += queued.Fields?.Length ?? 0;
            return;
        }

        _rejectedTotal++;
        if (_rejected.Count < listed)
        {
            _rejected.Add(new RejectedLine(recipient.Line, fault.Code, fault.Message, fault.Field));
        }
    }
}
