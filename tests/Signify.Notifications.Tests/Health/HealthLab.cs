using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Alerts;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Health;
using Signify.Notifications.Health.Alerting;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Health;

/// <summary>The watch over settings that passed, with a clock that the test moves and servers that it scripts.</summary>
internal sealed class HealthLab : IAsyncDisposable
{
    private HealthLab(Lab lab, FakeTimeProvider time) => (Lab, Time) = (lab, time);

    public Lab Lab { get; }

    public FakeTimeProvider Time { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="endsIn">Days until the secret ends; null says nothing of it.</param>
    /// <param name="hour">At which hour of today it begins; null for now.</param>
    public static async Task<HealthLab> StartAsync(int? endsIn = null, int? hour = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var time = new FakeTimeProvider(hour is { } h ? new DateTimeOffset(now.Date, TimeSpan.Zero).AddHours(h) : now);
        var lab = new HealthLab(await Lab.StartAsync(time: time), time);
        Assert.True((await lab.Lab.CheckAsync(lab.Input(endsIn))).Passed);
        await lab.Get<HealthWatch>().LookAsync(Ct);
        return lab;
    }

    public SettingsInput Input(int? endsIn) => Lab.Input with
    {
        Route = "smtp",
        SecretExpiresOn = endsIn is { } days ? DateOnly.FromDateTime(Now.UtcDateTime).AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null,
    };

    public T Get<T>()
        where T : notnull => Lab.Library.Get<T>();

    /// <summary>What the hosted service does at each beat.</summary>
    public async Task BeatAsync()
    {
        await Get<HealthWatch>().LookAsync(Ct);
        if (await Get<Recheck>().RunDueAsync(Ct))
        {
            await Get<HealthWatch>().LookAsync(Ct);
        }

        await Get<AlertSender>().TellDueAsync(Ct);
    }

    /// <summary>Lets time pass, looking every so often.</summary>
    public async Task PassAsync(TimeSpan time, TimeSpan step)
    {
        for (var end = Now + time; Now < end;)
        {
            Time.Advance(step);
            await BeatAsync();
        }
    }

    /// <summary>To just after the next check is due.</summary>
    public async Task ToNextCheckAsync()
    {
        var next = (await RowAsync()).NextCheckAt;
        Time.Advance(next - Now + TimeSpan.FromSeconds(1));
        await BeatAsync();
    }

    public async Task<RulesetHealth> RowAsync()
    {
        await using var db = Lab.Library.NewContext();
        return await db.Set<RulesetHealth>().AsNoTracking().SingleAsync(h => h.RulesetId == TestLibrary.Ruleset, Ct);
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<RaisedAlert>> AlertsAsync() => [.. (await Get<AlertLog>().RecentAsync(TestLibrary.Ruleset, 1000, Ct)).Reverse()];

    public async Task<IEnumerable<string>> RaisedAsync() => (await AlertsAsync()).Select(a => a.Kind.IsNews() ? a.Kind.ToCode() : $"{a.Kind.ToCode()} {a.About}");

    public Task<bool> HoldAsync(Hold hold, FindingCode code) =>
        Get<MailboxStates>().HoldAsync(1, 0, hold, new Finding(code, "hr@contoso.com was refused.", "Mend it."), "550 anna@contoso.com said no", Ct);

    public Task LiftAsync() => Get<MailboxStates>().LiftAsync(1, 0, Ct);

    public async Task SetAsync(Action<Mailbox> change)
    {
        await using var db = Lab.Library.NewContext();
        change(await db.Set<Mailbox>().SingleAsync(m => m.Id == 1, Ct));
        await db.SaveChangesAsync(Ct);
    }

    public ValueTask DisposeAsync() => Lab.DisposeAsync();
}
