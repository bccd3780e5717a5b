using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Tests;

public sealed class SandboxLogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_address_token_or_secret_reaches_the_log()
    {
        using var lines = new Lines();
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(lines));
        await using (var sandbox = await RunningSandbox.StartAsync(loggers: loggers))
        {
            using var client = await sandbox.SignInAsync(ReadyMadeApps.Granted, ReadyMadeTenants.Sender, Ct);
            await client.SendAsync(Messages.New("confidential"), Ct);
            using var answer = await sandbox.Http.PostAsync($"/v1.0/users/{ReadyMadeTenants.Sender}/sendMail", null, Ct);
        }

        string[] hidden = [ReadyMadeTenants.Sender, "confidential", ReadyMadeApps.Granted.Secret, "eyJ", "anna@example.com"];
        Assert.All(lines.All, line => Assert.DoesNotContain(hidden, word => line.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
