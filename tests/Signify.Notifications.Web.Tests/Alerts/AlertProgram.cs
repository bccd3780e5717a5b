using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Alerts;
using Signify.Notifications.Health.Alerting;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Alerts;

/// <summary>The program with a webhook, and a clock that the test moves. Alerts are told when the test says so.</summary>
internal sealed class AlertProgram : IAsyncDisposable
{
    public const string Secret = "whsec-0123456789-abcdef";

    private AlertProgram(TestProgram program, FakeTimeProvider time) => (Program, Time) = (program, time);

    public TestProgram Program { get; }

    public FakeTimeProvider Time { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<AlertProgram> StartAsync(string webhook, string? secret = null, bool allowPrivate = true, string? address = null)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var settings = new Dictionary<string, string> { ["Alerts:AllowPrivateNetworks"] = allowPrivate ? "true" : "false" };
        if (address is not null)
        {
            settings["Alerts:Address"] = address;
        }

        var program = new AlertProgram(await TestProgram.StartAsync(new TestProgramOptions { Clock = time, Settings = settings }), time);
        await program.Get<AlertSettings>().SaveAsync(Ruleset.DefaultId, new AlertInput(false, [], webhook, secret is null ? null : new SecretText(secret), false), "ada", Ct);
        return program;
    }

    public T Get<T>()
        where T : notnull => Program.Services.GetRequiredService<T>();

    /// <summary>An alert whose words hold what must not leave.</summary>
    public Task RaiseAsync(string about = "ab12cd") => Get<AlertLog>().RaiseAsync(
        new Alert(Ruleset.DefaultId, AlertKind.StandbyTookOver, about, "Default: the standby secret took over", "The server said: hr@contoso.com may not send to anna@reader.example."), Ct);

    public Task TellAsync() => Get<AlertSender>().TellDueAsync(Ct);

    public async Task<AlertDelivery> DeliveryAsync() => (await Get<AlertLog>().RecentAsync(Ruleset.DefaultId, 1, Ct))[0].Deliveries.Single();

    public ValueTask DisposeAsync() => Program.DisposeAsync();
}
