using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class KeyRingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_certificate_protects_the_key_ring_at_rest_and_opens_it_at_the_next_start()
    {
        var configuration = new Dictionary<string, string?> { ["Keys:Certificate"] = WriteCertificate("pfx password"), ["Keys:CertificatePassword"] = "pfx password" };
        StoredSecret stored;
        await using (var first = await TestLibrary.StartAsync(_folder, configuration))
        {
            stored = first.Get<SecretProtector>().Close(new SecretText("the secret"), TestLibrary.Ruleset, SettingsField.ClientSecret, "ada");
        }

        await using var second = await TestLibrary.StartAsync(_folder, configuration);

        Assert.Equal(new SecretText("the secret"), second.Get<SecretProtector>().TryOpen(stored, TestLibrary.Ruleset, SettingsField.ClientSecret));
        Assert.Contains("EncryptedData", _folder.AllBytes("key-*.xml"), StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", _folder.AllBytes("key-*.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_certificate_the_program_starts_and_the_secret_is_unreadable()
    {
        StoredSecret stored;
        await using (var first = await TestLibrary.StartAsync(_folder, new Dictionary<string, string?> { ["Keys:Certificate"] = WriteCertificate(null) }))
        {
            stored = first.Get<SecretProtector>().Close(new SecretText("the secret"), TestLibrary.Ruleset, SettingsField.ClientSecret, "ada");
        }

        await using var second = await TestLibrary.StartAsync(_folder);

        Assert.Null(second.Get<SecretProtector>().TryOpen(stored, TestLibrary.Ruleset, SettingsField.ClientSecret));
    }

    [Fact]
    public async Task After_the_certificate_is_changed_the_former_one_opens_what_it_has_closed_and_closes_nothing_new()
    {
        var former = WriteCertificate("first", "former.pfx");
        StoredSecret old;
        await using (var first = await TestLibrary.StartAsync(_folder, new Dictionary<string, string?> { ["Keys:Certificate"] = former, ["Keys:CertificatePassword"] = "first" }))
        {
            old = first.Get<SecretProtector>().Close(new SecretText("the secret"), TestLibrary.Ruleset, SettingsField.ClientSecret, "ada");
        }

        var changed = new Dictionary<string, string?>
        {
            ["Keys:Certificate"] = WriteCertificate(null),
            ["Keys:Former:0:Certificate"] = former,
            ["Keys:Former:0:CertificatePassword"] = "first",
        };
        Guid made;
        await using (var second = await TestLibrary.StartAsync(_folder, changed))
        {
            Assert.Equal(new SecretText("the secret"), second.Get<SecretProtector>().TryOpen(old, TestLibrary.Ruleset, SettingsField.ClientSecret));
            var now = TimeProvider.System.GetUtcNow();
            made = second.Get<IKeyManager>().CreateNewKey(now, now.AddDays(90)).KeyId;
        }

        // With the new certificate alone the new key opens, and the old one does not.
        await using var third = await TestLibrary.StartAsync(_folder, new Dictionary<string, string?> { ["Keys:Certificate"] = changed["Keys:Certificate"] });
        var keys = third.Get<IKeyManager>().GetAllKeys();
        Assert.NotNull(keys.Single(k => k.KeyId == made).CreateEncryptor());
        Assert.Null(third.Get<SecretProtector>().TryOpen(old, TestLibrary.Ruleset, SettingsField.ClientSecret));
    }

    [Fact]
    public async Task A_former_certificate_that_does_not_open_is_named_by_its_key()
    {
        var wrong = new Dictionary<string, string?> { ["Keys:Former:0:Certificate"] = WriteCertificate("right"), ["Keys:Former:0:CertificatePassword"] = "wrong" };

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => TestLibrary.StartAsync(_folder, wrong));

        Assert.Contains("Keys:Former:0:Certificate names", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Keys:Former:0:CertificatePassword", refused.Message, StringComparison.Ordinal);
    }

    private string WriteCertificate(string? password, string name = "keys.pfx") => KeyCertificate.Write(_folder.Path, password, name);
}
