using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence;

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

    private string WriteCertificate(string? password)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        var path = Path.Combine(_folder.Path, "keys.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, password));
        return path;
    }
}
