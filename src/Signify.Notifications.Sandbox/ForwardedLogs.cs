namespace Signify.Notifications.Sandbox;

/// <summary>Hands the inner server's log lines to the hosting program, which may not be replaced or disposed of here.</summary>
internal sealed class ForwardedLogs(ILoggerFactory target) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => target.CreateLogger(categoryName);

    public void Dispose()
    {
        // The hosting program owns the target.
    }
}
