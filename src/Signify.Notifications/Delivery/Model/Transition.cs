namespace Signify.Notifications.Delivery.Model;

/// <summary>One row of the table.</summary>
/// <param name="Late">
/// Holds only for a report that arrives after another owner took over: nothing is in flight for the row any more.
/// </param>
internal sealed record Transition(NotificationEvent On, NotificationState From, NotificationState To, bool Late = false)
{
    /// <summary>
    /// "Canceled" and "expired" say that nothing was delivered. A message with an unconfirmed attempt on record may have been: it ends
    /// unconfirmed instead.
    /// </summary>
    public bool MayBeUnconfirmed => To is NotificationState.Cancelled or NotificationState.Expired;

    /// <summary>The states that the row can have afterwards.</summary>
    public IEnumerable<NotificationState> Results => MayBeUnconfirmed ? [To, NotificationState.InDoubt] : [To];
}

/// <summary>What an event does in addition to the state.</summary>
/// <param name="By">Who may raise it.</param>
internal sealed record EventRule(EventActor By, AttemptEffect Attempts = AttemptEffect.Keep, DueEffect Due = DueEffect.Keep,
    bool ClearsPastExpiry = false);

internal enum EventActor
{
    /// <summary>The mailbox's owner, under its epoch.</summary>
    Owner,

    /// <summary>A user, or a caller with an API key.</summary>
    Administrator,

    /// <summary>Any instance of the program.</summary>
    Program,
}

internal enum AttemptEffect
{
    Keep,

    /// <summary>Adds <c>@used</c>: 1, or 0 when nothing was tried.</summary>
    Count,

    /// <summary>All attempts again.</summary>
    Reset,
}

internal enum DueEffect
{
    Keep,

    /// <summary><c>@due</c>.</summary>
    Given,

    /// <summary><c>@now</c>.</summary>
    Now,
}
