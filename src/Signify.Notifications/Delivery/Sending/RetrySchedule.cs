namespace Signify.Notifications.Delivery.Sending;

/// <summary>When a notification is tried again: eight attempts over about a day, then it fails.</summary>
public static class RetrySchedule
{
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(12),
    ];

    /// <summary>How often one notification is tried at most.</summary>
    public static int MostAttempts => Delays.Length + 1;

    /// <summary>How long to wait after so many attempts (1, 2, …); null when that was the last. Spread by a fifth, so that many do not come back together.</summary>
    /// <param name="asked">What the server asked for: never less than that.</param>
    public static TimeSpan? After(int attempts, TimeSpan? asked, Random random)
    {
        if (attempts >= MostAttempts)
        {
            return null;
        }

        var delay = Delays[Math.Max(0, attempts - 1)] * (0.8 + (0.4 * random.NextDouble()));
        return asked > delay ? asked : delay;
    }
}
