using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Hosting;

/// <summary>The library with a cloud named Lab, whose token service, mail server and Graph are the scripted ones.</summary>
public sealed class Lab : IAsyncDisposable
{
    public const string From = "hr@contoso.com";

    private Lab(TestFolder folder, StubCloud cloud, ScriptedSmtpServer smtp, TestLibrary library) =>
        (Folder, Cloud, Smtp, Library) = (folder, cloud, smtp, library);

    public TestFolder Folder { get; }

    public StubCloud Cloud { get; }

    public ScriptedSmtpServer Smtp { get; }

    public TestLibrary Library { get; }

    /// <summary>Everything filled in and right.</summary>
    public SettingsInput Input => new()
    {
        ServerName = "HR notifications",
        Port = Smtp.Port.ToString(CultureInfo.InvariantCulture),
        TimeoutSeconds = "20",
        FromEmail = From,
        FromName = "HR",
        ClientId = StubCloud.Client,
        ClientSecret = StubCloud.Secret,
        SecretExpiresOn = "2999-12-31",
        TenantId = StubCloud.Tenant,
        Cloud = "Lab",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Lab> StartAsync(
        SmtpScript? script = null, TimeProvider? time = null, IReadOnlyDictionary<string, string?>? configuration = null,
        LogLevel level = LogLevel.Information,
        Action<IServiceCollection>? more = null)
    {
        var folder = new TestFolder();
        var cloud = new StubCloud();
        var values = new Dictionary<string, string?>
        {
            ["Clouds:Lab:Authority"] = cloud.Host,
            ["Clouds:Lab:SmtpHost"] = "127.0.0.1",
            ["Clouds:Lab:Graph"] = cloud.Host,
            ["Clouds:Lab:TrustedRoots"] = TestCertificates.WriteRoot(folder.Path),
        };
        foreach (var (key, value) in configuration ?? new Dictionary<string, string?>())
        {
            values[key] = value;
        }

        return new Lab(folder, cloud, new ScriptedSmtpServer(script ?? SmtpScript.Exchange),
            await TestLibrary.StartAsync(folder, values, time, level, more));
    }

    /// <summary>A session of the transport that sends by this route.</summary>
    public Task<ITransportSession> OpenAsync(Route route = Route.Smtp, SettingsInput? input = null) =>
        Library.Get<IEnumerable<INotificationTransport>>().Single(t => t.Route == route).OpenAsync(Settings(input), Ct);

    /// <summary>Save, as the page does it.</summary>
    public Task<SaveOutcome> SaveAsync(SettingsInput? input = null, int? basedOn = null) =>
        Library.Get<SettingsSave>().SaveAsync(TestLibrary.Ruleset, input ?? Input, basedOn, "anna", Ct);

    /// <summary>Save, and the check that it starts, while it runs.</summary>
    public async Task<CheckProgress> StartCheckAsync(SettingsInput? input = null) =>
        Assert.IsType<SaveOutcome.Checking>(await SaveAsync(input)).Check;

    /// <summary>Save, and the report of its check.</summary>
    public async Task<CheckReport> CheckAsync(SettingsInput? input = null)
    {
        var progress = await StartCheckAsync(input);
        return await progress.Completion.WaitAsync(Ct);
    }

    public Task<SettingsOverview> OverviewAsync() => Library.Store.ReadAsync(TestLibrary.Ruleset, Ct);

    /// <summary>The settings of <see cref="Input"/>, without storing anything.</summary>
    public NotificationSettings Settings(SettingsInput? input = null) =>
        Library.Rules.Judge(input ?? Input, kept: null, TestLibrary.Ruleset).Settings ?? throw new InvalidOperationException("The fields do not pass.");

    public async ValueTask DisposeAsync()
    {
        await Library.DisposeAsync();
        await Smtp.DisposeAsync();
        await Cloud.DisposeAsync();
        Folder.Dispose();
    }
}
