using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Checks;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Sandbox;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Scenarios;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports.Smtp;
using SmtpStage = Signify.Notifications.Sandbox.Faults.SmtpStage;

namespace Signify.Notifications.Benchmarks;

/// <summary>
/// Save to verdict against the slower of its two parts done alone: a token, and connect + STARTTLS + sign-in (with a token at
/// hand). Once on bare loopback, once with the delays of a real network.
/// </summary>
internal static class VerdictBenchmark
{
    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options)
    {
        var ct = CancellationToken.None;
        var rounds = options.Rounds * 3;
        var folder = Directory.CreateTempSubdirectory("signify-verdict-");
        try
        {
            await using var sandbox = await SandboxHost.StartAsync(
                new SandboxOptions { HttpsPort = 0, SmtpPort = 0, UntrustedSmtpPort = 0, FirstDoorPort = 0, BlockedSmtpPort = 0, DataDirectory = Path.Combine(folder.FullName, "sandbox"), EnforceLimits = false },
                TimeProvider.System, null, ct);
            await using var services = await StartAsync(sandbox, folder.FullName, ct);
            Console.WriteLine("| network | token alone, ms | sign-in alone, ms | Save to verdict, ms | ratio to the slower |");
            Console.WriteLine("|---|---|---|---|---|");
            await MeasureAsync("loopback", services, sandbox, rounds, ct);
            Delay(sandbox);
            var ratio = await MeasureAsync("token 200 ms; greeting 80, EHLO 40, STARTTLS 40, AUTH 150, MAIL 40 ms", services, sandbox, rounds, ct);
            return [new("K", "Save to verdict, with a network's delays", "the slower of token alone and sign-in alone", "≤ 1.2", Figure.Ratio(ratio))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Delay(SandboxHost sandbox)
    {
        sandbox.Faults.Token(new HttpFault { Delay = TimeSpan.FromMilliseconds(200) });
        foreach (var (stage, milliseconds) in new[] { (SmtpStage.Connect, 80), (SmtpStage.Ehlo, 40), (SmtpStage.StartTls, 40), (SmtpStage.Auth, 150), (SmtpStage.MailFrom, 40) })
        {
            sandbox.Faults.Smtp(stage, SmtpFault.Wait(TimeSpan.FromMilliseconds(milliseconds)));
        }
    }

    private static async Task<double> MeasureAsync(string network, ServiceProvider services, SandboxHost sandbox, int rounds, CancellationToken ct)
    {
        List<double> token = [], signIn = [], save = [], ratio = [];
        for (var round = -2; round < rounds; round++)
        {
            // The three in turn, so that a slow minute of the machine meets all of them.
            var (t, s, v) = (await TokenAsync(services, sandbox, ct), await SignInAsync(services, sandbox, ct), await SaveAsync(services, sandbox, ct));
            if (round >= 0)
            {
                token.Add(t);
                signIn.Add(s);
                save.Add(v);
                ratio.Add(v / Math.Max(t, s));
            }
        }

        Console.WriteLine($"| {network} | {Figure.Median(token):0.0} | {Figure.Median(signIn):0.0} | {Figure.Median(save):0.0} | {Figure.Median(ratio):0.00} |");
        return Figure.Median(ratio);
    }

    private static async Task<double> TokenAsync(IServiceProvider services, SandboxHost sandbox, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        await services.GetRequiredService<IAccessTokens>().AcquireFreshAsync(Settings(sandbox), TokenResource.Exchange, ct);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<double> SignInAsync(IServiceProvider services, SandboxHost sandbox, CancellationToken ct)
    {
        var settings = Settings(sandbox);
        var road = services.GetRequiredService<SmtpRoad>();
        var token = await services.GetRequiredService<IAccessTokens>().AcquireFreshAsync(settings, TokenResource.Exchange, ct);
        var started = Stopwatch.GetTimestamp();
        await using var dialogue = road.Open(settings);
        await dialogue.ConnectAsync(await dialogue.ResolveAsync(ct), ct);
        await dialogue.SecureAsync(ct);
        await dialogue.SignInAsync(road.Credentials(settings, token)!, ct);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<double> SaveAsync(IServiceProvider services, SandboxHost sandbox, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = await services.GetRequiredService<SettingsSave>().SaveAsync(Ruleset.DefaultId, Input(sandbox), null, "benchmark", ct);
        var report = await ((SaveOutcome.Checking)outcome).Check.Completion;
        return report.Passed
            ? Stopwatch.GetElapsedTime(started).TotalMilliseconds
            : throw new InvalidOperationException($"The check failed: {string.Join(", ", report.FailureCodes())}");
    }

    private static SandboxScenario Granted(SandboxHost sandbox) => sandbox.Scenarios.First(s => s.Id == "all-granted");

    private static NotificationSettings Settings(SandboxHost sandbox)
    {
        var values = Granted(sandbox);
        return new NotificationSettings
        {
            SignIn = SignIn.Token,
            ServerName = values.ServerName,
            Port = values.Port,
            FromEmail = values.FromEmail,
            ClientId = values.ClientId,
            ClientSecret = new SecretText(values.ClientSecret),
            TenantId = values.TenantId,
            Cloud = values.Cloud,
        };
    }

    private static SettingsInput Input(SandboxHost sandbox)
    {
        var values = Granted(sandbox);
        return new SettingsInput
        {
            ServerName = values.ServerName,
            Port = $"{values.Port}",
            FromEmail = values.FromEmail,
            ClientId = values.ClientId,
            ClientSecret = values.ClientSecret,
            TenantId = values.TenantId,
            Cloud = values.Cloud,
        };
    }

    private static async Task<ServiceProvider> StartAsync(SandboxHost sandbox, string folder, CancellationToken ct)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(sandbox.CloudConfiguration)
            .AddInMemoryCollection([new("Data:Directory", Path.Combine(folder, "data"))])
            .Build();
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddSingleton<IHostApplicationLifetime, NeverStops>()
            .AddNotifications(configuration, folder)
            .BuildServiceProvider();
        await services.PrepareDatabaseAsync(ct);
        return services;
    }

    private sealed class NeverStops : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
