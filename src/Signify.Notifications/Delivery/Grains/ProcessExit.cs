using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Signify.Notifications.Delivery.Grains;

/// <summary>
/// Ends the process at once, because others have its work already or must get it: it may not wait for a database that it does not
/// reach. The service manager starts it again.
/// </summary>
public sealed class ProcessExit(IHostApplicationLifetime lifetime)
{
    /// <summary>EX_TEMPFAIL of sysexits.h: a failure that another start may mend.</summary>
    public const int Code = 75;

    private static readonly TimeSpan ForTheLastWords = TimeSpan.FromSeconds(2);

    private int _leaving;

    public void Leave()
    {
        if (Interlocked.Exchange(ref _leaving, 1) == 0)
        {
            // No new message is begun, and those on their way may end, while what was logged is written.
            lifetime.StopApplication();
            new Thread(End) { IsBackground = true, Name = "leaving" }.Start();
        }
    }

    private static void End()
    {
        Thread.Sleep(ForTheLastWords);
        using var last = new Timer(_ => Process.GetCurrentProcess().Kill(), null, ForTheLastWords, Timeout.InfiniteTimeSpan);
        Environment.Exit(Code);
    }
}
