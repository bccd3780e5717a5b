using Signify.Notifications.Delivery.Grains;

namespace Signify.Notifications.Web.Hosting;

/// <summary>
/// The others have declared this process dead, for it was frozen or cut off: its mailboxes are theirs, and it may not go on. It
/// leaves in order, where the engine would abort it.
/// </summary>
internal sealed partial class LeaveWhenDead(ProcessExit exit, ILogger<LeaveWhenDead> logger) : IFatalErrorHandler
{
    // As the engine judges: what grain code throws costs the call, all else the process.
    public bool IsUnexpected(Exception exception) => exception is not ThreadInterruptedException;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        LogDead(context, exception);
        exit.Leave();
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "This process is out of the cluster and leaves; others send for its mailboxes. ({Context})")]
    private partial void LogDead(string? context, Exception? exception);
}
