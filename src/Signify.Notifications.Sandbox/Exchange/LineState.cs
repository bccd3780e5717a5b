namespace Signify.Notifications.Sandbox.Exchange;

internal enum LineState
{
    Complete,
    Closed,
    TooLong,

    /// <summary>Ended by LF alone, which invites smuggling and is refused.</summary>
    BareLineFeed,
}
