using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Alerts;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Sandbox;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Access;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Operations;

/// <summary>After a leak, or with a new certificate: everything under a new key, by the command, on a data folder that was used.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class RekeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signify-rekey-");

    private string Data => Path.Combine(_folder.FullName, "data");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task With_a_new_certificate_it_alone_opens_every_secret_afterwards_and_no_key_from_before_opens_any()
    {
        var (former, current) = (WriteCertificate("former.pfx", "first"), WriteCertificate("current.pfx", ""));
        string secret, secondStep;
        await using (var program = await StartAsync(("Keys:Certificate", former), ("Keys:CertificatePassword", "first")))
        {
            secret = await SaveSettingsAsync(program);
            await program.Services.GetRequiredService<AlertSettings>().SaveAsync(
                Ruleset.DefaultId, new AlertInput(true, [], "https://hooks.example/alerts", new SecretText("signs what is posted"), false), "ada", Ct);
            (secondStep, _) = await SecondStepTests.SetUpAsync(program);
        }

        var before = Ciphertexts();
        string[] both = [$"--Keys:Certificate={current}", $"--Keys:Former:0:Certificate={former}", "--Keys:Former:0:CertificatePassword=first"];
        var (code, _, error) = await RekeyAsync($"--Keys:Certificate={current}");
        Assert.Equal(1, code);
        Assert.Equal(before, Ciphertexts());
        Assert.Contains("stored values cannot be opened, and then never could", error, StringComparison.Ordinal);
        Assert.Contains("revoked. Everybody signs in again.", (await RekeyAsync(both)).Output, StringComparison.Ordinal);

        var after = Ciphertexts();
        Assert.Equal(before.Count, after.Count);
        Assert.Empty(before.Intersect(after));
        // The former certificate is not there any more.
        await using var next = await StartAsync(("Keys:Certificate", current));
        var store = next.Services.GetRequiredService<SettingsStore>();
        var active = (await store.ReadAsync(Ruleset.DefaultId, Ct)).Active!;
        Assert.Equal(new SecretText(secret), store.Open(active).ClientSecret);
        await SecondStepTests.SignedInWithCodeAsync(next, secondStep);
        // A copy of the database from before, beside the key ring of now.
        var protector = next.Services.GetRequiredService<SecretProtector>();
        Assert.All(before, c => Assert.Null(protector.TryOpen(active.ClientSecret! with { Ciphertext = c }, Ruleset.DefaultId, SettingsField.ClientSecret)));
        Assert.Contains("Keys replaced", (await (await SecondStepTests.SignedInWithCodeAsync(next, secondStep)).GetAsync("/gear/system/auditlog")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_runs_is_not_rekeyed_under_its_feet()
    {
        await using var program = await StartAsync();

        var (code, _, error) = await RekeyAsync();

        Assert.Equal(1, code);
        Assert.StartsWith("Cannot replace the keys: Another process of this program already uses the data folder", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_key_opens_any_more_stays_as_it_is_when_it_is_said_so()
    {
        await using (var program = await StartAsync())
        {
            await SaveSettingsAsync(program);
        }

        Directory.Delete(Path.Combine(Data, "keys"), recursive: true);
        var before = Ciphertexts();

        var (code, output, _) = await RekeyAsync("--leave-unreadable");

        Assert.Equal(0, code);
        Assert.Equal(before, Ciphertexts());
        Assert.Contains("1 stored values could not be opened", output, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> RekeyAsync(params string[] more) => ProgramCommand.RunAsync(["rekey", $"--Data:Directory={Data}", .. more]);

    private static async Task<string> SaveSettingsAsync(TestProgram program)
    {
        var granted = program.Services.GetRequiredService<SandboxHost>().Scenarios.Single(s => s.Id == "all-granted");
        using var api = program.NewApiClient();
        using var saved = await api.PutAsJsonAsync("/api/v1/settings", SandboxProgram.Body(granted), Ct);
        Assert.Contains("\"state\":\"active\"", await saved.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        return granted.ClientSecret!;
    }

    /// <summary>Everything that is stored closed, wherever.</summary>
    private List<string> Ciphertexts()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "notifications.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT "ClientSecret_Ciphertext" FROM "SettingsRevisions" WHERE "ClientSecret_Ciphertext" IS NOT NULL
            UNION ALL SELECT "WebhookSecret_Ciphertext" FROM "AlertSettings" WHERE "WebhookSecret_Ciphertext" IS NOT NULL
            UNION ALL SELECT "Value" FROM "UserTokens" WHERE "Value" <> '' AND "LoginProvider" = '[AspNetUserStore]'
            """;
        using var reader = command.ExecuteReader();
        var all = new List<string>();
        while (reader.Read())
        {
            all.Add(reader.GetString(0));
        }

        Assert.NotEmpty(all);
        return all;
    }

    private string WriteCertificate(string name, string password) => KeyCertificate.Write(_folder.FullName, password, name);

    private Task<TestProgram> StartAsync(params (string Key, string Value)[] more) => TestProgram.StartAsync(new TestProgramOptions
    {
        DataDirectory = Data,
        Settings = SandboxProgram.SandboxSettings().Concat(more).ToDictionary(s => s.Item1, s => s.Item2),
    });
}
