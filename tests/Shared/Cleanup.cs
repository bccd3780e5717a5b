namespace Signify.Notifications.Testing;

/// <summary>For fixtures that start programs: xUnit does not dispose a fixture or a test class whose InitializeAsync failed.</summary>
internal static class Cleanup
{
    /// <summary>Runs the start, and disposes what was started so far when it fails.</summary>
    public static async Task OnFailureAsync(IAsyncDisposable started, Func<Task> start)
    {
        try
        {
            await start();
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }
}
