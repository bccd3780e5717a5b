using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Tests.Hosting;

/// <summary>The program with mailings in every state and nobody who sends them.</summary>
public sealed class SeededProgram : IAsyncLifetime
{
    private TestProgram? _program;

    public TestProgram Program => _program ?? throw new InvalidOperationException("Not started.");

    public DeliverySeed Seed { get; private set; } = null!;

    public static async Task<TestProgram> EmptyAsync() =>
        await TestProgram.StartAsync(("Dispatch:Enabled", "false"), ("RateLimits:SignInsPerMinute", "1000"));

    public static async Task<NotificationsDbContext> OpenAsync(TestProgram program) =>
        await program.Services.GetRequiredService<IDbContextFactory<NotificationsDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync()
    {
        _program = await EmptyAsync();
        await using var db = await OpenAsync(_program);
        Seed = await DeliverySeed.AddAsync(db, TimeProvider.System.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }
    }
}
