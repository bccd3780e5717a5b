namespace Signify.Notifications.Delivery.HandIn;

/// <summary>A single notification on its way to the disk, with whoever waits for it.</summary>
internal sealed record SingleHandIn(int MailboxId, string By, NewNotification Message, AddressedTo Addressed, string? Key, byte[]? BodyHash, string? TraceParent, CancellationToken Caller)
{
    // Continuations run elsewhere: the writer must not serve its callers' answers.
    private readonly TaskCompletionSource<HandInOutcome> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<HandInOutcome> Written => _written.Task;

    /// <summary>Set within the transaction, told after it.</summary>
    public HandInOutcome? Answer { get; set; }

    public long Bytes => Message.Attachments.Sum(a => (long)a.Content.Length) + (2L * ((Message.Text?.Length ?? 0) + (Message.Html?.Length ?? 0)));

    public void Complete() => _written.TrySetResult(Answer!);

    public void Fail(Exception exception) => _written.TrySetException(exception);

    public void Cancel() => _written.TrySetCanceled(Caller);
}
