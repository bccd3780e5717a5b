namespace Signify.Notifications.Testing;

/// <summary>
/// How long a test waits before it counts as hung. A bound ends a hung test and is never what is asserted, so each is many times what an
/// idle machine needs: a machine at a quarter of the speed passes.
/// </summary>
internal static class TestTimeouts
{
    /// <summary>Milliseconds for a whole test: <c>[Fact(Timeout = TestTimeouts.TestMilliseconds)]</c>.</summary>
    public const int TestMilliseconds = 30 * 60 * 1000;

    /// <summary>Milliseconds for one wait of the browser: a navigation, an element, an expectation.</summary>
    public const int BrowserMilliseconds = 5 * 60 * 1000;

    /// <summary>For a program or server to answer after its start.</summary>
    public static readonly TimeSpan Start = TimeSpan.FromMinutes(10);

    /// <summary>For a program to end by itself when its fixture is done with it. Then it is killed, and no test fails of that.</summary>
    public static readonly TimeSpan Stop = TimeSpan.FromSeconds(10);

    /// <summary>For one thing a test waits for: a request, a signal, an answer.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(10);
}
