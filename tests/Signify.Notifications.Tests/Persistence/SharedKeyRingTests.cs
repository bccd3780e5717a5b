using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence;

/// <summary>The key ring that processes share in PostgreSQL, closed by a certificate that the database does not hold.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SharedKeyRingTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly TestFolder _other = new();
    private TestDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.PostgreSqlAsync();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task No_row_holds_a_key_that_opens_without_the_certificate()
    {
        await using var library = await StartAsync(_folder, KeyCertificate.Write(_folder.Path, "pfx password"), "pfx password");
        Close(library);

        var rows = await KeysAsync(library);

        Assert.All(rows, xml => Assert.Contains("EncryptedData", xml, StringComparison.Ordinal));
        Assert.All(rows, xml => Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal));
        Assert.Single(rows);
    }

    [Fact]
    public async Task Two_processes_with_the_same_certificate_open_each_others_secrets()
    {
        var certificate = KeyCertificate.Write(_folder.Path);
        await using var one = await StartAsync(_folder, certificate);
        await using var two = await StartAsync(_other, certificate);

        Assert.Equal("the secret", two.Get<SecretProtector>().TryOpen(Close(one), TestLibrary.Ruleset, SettingsField.ClientSecret)!.Reveal());
        Assert.Equal("the secret", one.Get<SecretProtector>().TryOpen(Close(two), TestLibrary.Ruleset, SettingsField.ClientSecret)!.Reveal());
        Assert.Single(await KeysAsync(one));
    }

    [Fact]
    public async Task Another_certificate_is_refused_at_the_start_and_makes_no_key_of_its_own()
    {
        await using var library = await StartAsync(_folder, KeyCertificate.Write(_folder.Path));
        Close(library);
        var before = await KeysAsync(library);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(_other, KeyCertificate.Write(_other.Path)));

        Assert.StartsWith("The key ring in the database was closed with another certificate than Keys:Certificate names", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await KeysAsync(library));
    }

    [Fact]
    public async Task With_the_rows_deleted_the_program_starts_and_names_the_secret_to_enter_again()
    {
        StoredSecret stored;
        await using (var before = await StartAsync(_folder, KeyCertificate.Write(_folder.Path)))
        {
            stored = Close(before);
            await using var db = before.NewContext();
            await db.Set<DataProtectionKey>().ExecuteDeleteAsync(Ct);
        }

        await using var library = await StartAsync(_other, KeyCertificate.Write(_other.Path));

        Assert.Null(library.Get<SecretProtector>().TryOpen(stored, TestLibrary.Ruleset, SettingsField.ClientSecret));
        Assert.Equal("the secret", library.Get<SecretProtector>().TryOpen(Close(library), TestLibrary.Ruleset, SettingsField.ClientSecret)!.Reveal());
    }

    [Fact]
    public async Task Production_refuses_to_keep_the_keys_beside_what_they_open_without_a_certificate()
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(_folder, certificate: null, environment: "Production"));

        Assert.Contains("Name a certificate with its private key (PFX) in Keys:Certificate", refused.Message, StringComparison.Ordinal);
        await (await StartAsync(_other, KeyCertificate.Write(_other.Path), environment: "Production")).DisposeAsync();
    }

    private Task<TestLibrary> StartAsync(TestFolder folder, string? certificate, string? password = null, string environment = "Development") => TestLibrary.StartAsync(
        folder,
        new Dictionary<string, string?>(_database.Configuration) { ["Keys:Certificate"] = certificate, ["Keys:CertificatePassword"] = password },
        more: services => services.AddSingleton<IHostEnvironment>(new Environment(environment)));

    private static StoredSecret Close(TestLibrary library) =>
        library.Get<SecretProtector>().Close(new SecretText("the secret"), TestLibrary.Ruleset, SettingsField.ClientSecret, "ada");

    private static async Task<List<string?>> KeysAsync(TestLibrary library)
    {
        await using var db = library.NewContext();
        return await db.Set<DataProtectionKey>().OrderBy(k => k.Id).Select(k => k.Xml).ToListAsync(Ct);
    }

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "Signify.Notifications";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
