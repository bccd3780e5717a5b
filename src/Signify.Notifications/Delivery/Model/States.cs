using System.Globalization;

namespace Signify.Notifications.Delivery.Model;

/// <summary>States as SQL spells them: constants, so that SQLite sees that a partial index has the rows.</summary>
internal static class States
{
    public const string Queued = "0";
    public const string Scheduled = "1";
    public const string Paused = "2";
    public const string Claimed = "3";
    public const string Canceling = "4";
    public const string Sent = "5";
    public const string InDoubt = "7";
    public const string Cancelled = "8";

    /// <summary>In the hands of a mailbox's owner.</summary>
    public const string InHand = $"({Claimed}, {Canceling})";

    /// <summary>Not claimed, no outcome.</summary>
    public const string Waiting = $"\"State\" < {Claimed}";

    public const string ActiveMailing = "1";

    public static string Of(NotificationState state) => ((int)state).ToString(CultureInfo.InvariantCulture);

    public static string ListOf(IEnumerable<NotificationState> states) => $"({string.Join(", ", states.Distinct().Order().Select(Of))})";
}
