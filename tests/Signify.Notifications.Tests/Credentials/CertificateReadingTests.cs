using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Credentials;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class CertificateReadingTests(LabFixture fixture) : IClassFixture<LabFixture>
{
    private static readonly X509Certificate2 Good = TestPairs.Make();

    private SettingsInput Input => fixture.Lab.Input with { Credential = "certificate", ClientSecret = null, SecretExpiresOn = null };

    [Fact]
    public void A_pfx_file_with_its_password_is_taken_and_its_facts_are_entras()
    {
        var settings = Judge(Input with { ClientCertificate = TestPairs.Pfx(Good), ClientCertificatePassword = TestPairs.Password }).Settings!;

        var certificate = settings.Certificate!;
        Assert.Equal((CredentialKind.Certificate, Good.Thumbprint, "CN=HR app"), (settings.Credential, certificate.Facts.Thumbprint, certificate.Facts.Subject));
        Assert.Equal(Convert.ToBase64String(Good.RawData), certificate.Facts.PublicPart);
        Assert.Equal(TestPairs.KeyBase64(Good), certificate.Key.Reveal());
        Assert.Null(settings.ClientSecret);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pem_pair_is_taken_in_any_order_with_or_without_a_password(bool encrypted)
    {
        var pem = encrypted ? TestPairs.EncryptedPem(Good) : TestPairs.Pem(Good);

        var settings = Judge(Input with { ClientCertificatePem = pem, ClientCertificatePassword = encrypted ? TestPairs.Password : null }).Settings!;

        Assert.Equal((Good.Thumbprint, TestPairs.KeyBase64(Good)), (settings.Certificate!.Facts.Thumbprint, settings.Certificate.Key.Reveal()));
    }

    [Fact]
    public void Of_several_certificates_in_a_file_the_one_with_the_key_is_meant()
    {
        using var other = TestPairs.Make(name: "An issuer", untilDays: 4000);
        using var bare = X509CertificateLoader.LoadCertificate(other.RawData);
        var file = Convert.ToBase64String(new X509Certificate2Collection { bare, Good }.Export(X509ContentType.Pfx, TestPairs.Password)!);

        var inPfx = Judge(Input with { ClientCertificate = file, ClientCertificatePassword = TestPairs.Password }).Settings!;
        var inPem = Judge(Input with { ClientCertificatePem = bare.ExportCertificatePem() + "\n" + TestPairs.Pem(Good) }).Settings!;

        Assert.Equal(("CN=HR app", "CN=HR app"), (inPfx.Certificate!.Facts.Subject, inPem.Certificate!.Facts.Subject));
    }

    [Fact]
    public void What_cannot_be_used_is_named_at_its_field()
    {
        using var small = TestPairs.Make(bits: 1024);
        using var elliptic = TestPairs.MakeElliptic();
        using var ended = TestPairs.Make(fromDays: -100, untilDays: -2);
        using var tomorrow = TestPairs.Make(fromDays: 2);
        using var other = TestPairs.Make();
        using var bare = X509CertificateLoader.LoadCertificate(Good.RawData);
        (string Expected, SettingsInput Input)[] cases =
        [
            ("cert-required/clientCertificate", Input),
            ("cert-password-wrong/clientCertificatePassword", Pfx(Good) with { ClientCertificatePassword = "another" }),
            ("cert-password-wrong/clientCertificatePassword", Pfx(Good) with { ClientCertificatePassword = null }),
            ("cert-unreadable/clientCertificate", Input with { ClientCertificate = "AAAABBBB" }),
            ("cert-unreadable/clientCertificate", Input with { ClientCertificate = "not base64!" }),
            ("cert-unreadable/clientCertificate", Input with { ClientCertificate = new string('A', 200_000) }),
            ("cert-key-missing/clientCertificate", Input with { ClientCertificate = Convert.ToBase64String(Good.RawData) }),
            ("cert-key-missing/clientCertificate", Input with { ClientCertificate = TestPairs.Pfx(bare), ClientCertificatePassword = TestPairs.Password }),
            ("cert-key-unfit/clientCertificate", Pfx(small)),
            ("cert-key-unfit/clientCertificate", Pfx(elliptic)),
            ("cert-expired/clientCertificate", Pfx(ended)),
            ("cert-not-yet-valid/clientCertificate", Pfx(tomorrow)),
            ("cert-unreadable/clientCertificatePem", Input with { ClientCertificatePem = "hello" }),
            ("cert-key-missing/clientCertificatePem", Input with { ClientCertificatePem = Good.ExportCertificatePem() }),
            ("cert-unreadable/clientCertificatePem", Input with { ClientCertificatePem = TestPairs.KeyPem(Good) }),
            ("cert-key-missing/clientCertificatePem", Input with { ClientCertificatePem = other.ExportCertificatePem() + TestPairs.KeyPem(Good) }),
            ("cert-key-unfit/clientCertificatePem", Input with { ClientCertificatePem = elliptic.ExportCertificatePem() + elliptic.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() }),
            ("cert-key-unfit/clientCertificatePem", Input with { ClientCertificatePem = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----" }),
            ("cert-password-wrong/clientCertificatePassword", Input with { ClientCertificatePem = TestPairs.EncryptedPem(Good), ClientCertificatePassword = "another" }),
            ("credential-invalid/credential", Input with { Credential = "hope", ClientSecret = StubCloud.Secret, SecretExpiresOn = "2999-12-31" }),
        ];

        Assert.All(cases, c => Assert.Equal([c.Expected], Blocking(Judge(c.Input))));
    }

    /// <summary>By the newer scheme and an older one, with more rounds than the limit and with more than fit into any integer type.</summary>
    [Theory]
    [InlineData("1.2.840.113549.1.5.13", "10000001")]
    [InlineData("1.2.840.113549.1.5.13", "2000000000")]
    [InlineData("1.2.840.113549.1.5.13", "100000000000000000000")]
    [InlineData("1.2.840.113549.1.12.1.3", "2000000000")]
    public void A_key_whose_password_takes_too_many_rounds_is_refused_before_any_is_run(string scheme, string rounds)
    {
        var pem = Good.ExportCertificatePem() + "\n" + TestPairs.EncryptedKeyPem(scheme, BigInteger.Parse(rounds, CultureInfo.InvariantCulture));

        var finding = Assert.Single(Judge(Input with { ClientCertificatePem = pem, ClientCertificatePassword = "any" }).Findings);

        Assert.Equal((FindingCode.CertKeyUnfit, SettingsField.ClientCertificatePem), (finding.Code, finding.Field));
        Assert.Contains("more than 10,000,000 rounds", finding.Message);
    }

    [Theory]
    [InlineData("1.2.840.113549.1.5.13", "cert-password-wrong/clientCertificatePassword")]
    [InlineData("1.2.840.113549.1.12.1.3", "cert-password-wrong/clientCertificatePassword")]
    [InlineData(null, "cert-unreadable/clientCertificatePem")]
    public void A_key_within_the_limit_is_tried_and_what_is_no_key_is_not(string? scheme, string expected)
    {
        var key = scheme is null ? "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----" : TestPairs.EncryptedKeyPem(scheme, 2048);

        Assert.Equal([expected], Blocking(Judge(Input with { ClientCertificatePem = Good.ExportCertificatePem() + "\n" + key, ClientCertificatePassword = "any" })));
    }

    /// <summary>Each takes about two seconds of a processor: long enough that the second comes while the first is decrypted.</summary>
    [Fact]
    public async Task Of_keys_that_take_long_to_decrypt_one_is_decrypted_and_the_others_are_refused_without_waiting()
    {
        var key = Good.ExportCertificatePem() + "\n" + TestPairs.EncryptedKeyPem("1.2.840.113549.1.5.13", 2_000_000);
        using var together = new Barrier(2);

        var reports = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return Judge(Input with { ClientCertificatePem = key, ClientCertificatePassword = "any" });
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        var findings = reports.Select(r => Assert.Single(r.Findings)).ToList();
        Assert.Equivalent(new[] { FindingCode.CertKeyUnfit, FindingCode.CertPasswordWrong }, findings.Select(f => f.Code), strict: true);
        Assert.Contains(findings, f => f.Message.Contains("is being decrypted right now", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("right")]
    [InlineData("wrong")]
    public void An_encrypted_key_that_is_not_rsa_is_named_when_the_password_is_right(string password)
    {
        using var elliptic = TestPairs.MakeElliptic();
        using var key = elliptic.GetECDsaPrivateKey()!;
        var pem = elliptic.ExportCertificatePem() + "\n"
            + key.ExportEncryptedPkcs8PrivateKeyPem("right", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

        var finding = Assert.Single(Judge(Input with { ClientCertificatePem = pem, ClientCertificatePassword = password }).Findings);

        Assert.Equal(password == "right" ? "cert-key-not-rsa" : "cert-password-wrong", finding.Cause);
    }

    [Theory]
    [InlineData("RSA PRIVATE KEY")]
    [InlineData("EC PRIVATE KEY")]
    public void A_key_in_openssls_traditional_encryption_is_explained(string label)
    {
        var key = $"-----BEGIN {label}-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0123456789ABCDEF0123456789ABCDEF\n\nAAAA\n-----END {label}-----";

        var finding = Assert.Single(Judge(Input with { ClientCertificatePem = Good.ExportCertificatePem() + "\n" + key, ClientCertificatePassword = "any" }).Findings);

        Assert.Equal("cert-key-traditional", finding.Cause);
    }

    [Theory]
    [InlineData("\\n", "")]
    [InlineData("\\r\\n", "")]
    [InlineData("\\n", "\"")]
    [InlineData("\n", "'")]
    public void Line_ends_written_as_characters_and_quotes_around_it_are_understood(string lineEnd, string quote)
    {
        var pem = quote + TestPairs.Pem(Good).Replace("\n", lineEnd, StringComparison.Ordinal) + quote;

        Assert.Equal(Good.Thumbprint, Judge(Input with { ClientCertificatePem = pem }).Settings!.Certificate!.Facts.Thumbprint);
    }

    /// <summary>As some certificate authorities write it: .NET refuses it unless told otherwise.</summary>
    [Fact]
    public void A_pfx_file_with_an_attribute_twice_is_read()
    {
        using var key = Good.GetRSAPrivateKey()!;
        var builder = new Pkcs12Builder();
        var contents = new Pkcs12SafeContents();
        var bag = contents.AddKeyUnencrypted(key);
        var id = new Pkcs9LocalKeyId([1]);
        bag.Attributes.Add(id);
        bag.Attributes.Add(id);
        contents.AddCertificate(Good).Attributes.Add(id);
        builder.AddSafeContentsUnencrypted(contents);
        builder.SealWithMac(TestPairs.Password, HashAlgorithmName.SHA256, 1000);

        var report = Judge(Input with { ClientCertificate = Convert.ToBase64String(builder.Encode()), ClientCertificatePassword = TestPairs.Password });

        Assert.Equal(Good.Thumbprint, report.Settings!.Certificate!.Facts.Thumbprint);
    }

    /// <summary>OpenSSL 3 without its legacy provider says "unsupported" of several things; the file says whether it is RC2 or RC4.</summary>
    [Theory]
    [InlineData("error:0308010C:digital envelope routines::unsupported", 6, "cert-old-encryption")]
    [InlineData("error:0308010C:digital envelope routines::unsupported", 1, "cert-old-encryption")]
    [InlineData("error:0308010C:digital envelope routines::unsupported", 3, "cert-unreadable-file")]
    [InlineData("ASN1 corrupted data.", 6, "cert-unreadable-file")]
    public void Old_encryption_is_named_only_where_the_file_has_it_and_the_system_has_not(string message, byte scheme, string cause)
    {
        byte[] file = [0x30, 0x20, 0x06, 0x0A, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x0C, 0x01, scheme, 0x30, 0x00];

        Assert.Equal(cause, CertificateReading.Unread(new CryptographicException(message), file).Cause);
    }

    [Fact]
    public void A_pfx_file_that_takes_too_many_rounds_is_refused()
    {
        using var key = Good.GetRSAPrivateKey()!;
        var builder = new Pkcs12Builder();
        var contents = new Pkcs12SafeContents();
        contents.AddKeyUnencrypted(key);
        builder.AddSafeContentsUnencrypted(contents);
        builder.SealWithMac(TestPairs.Password, HashAlgorithmName.SHA256, 400_000);

        var finding = Assert.Single(
            Judge(Input with { ClientCertificate = Convert.ToBase64String(builder.Encode()), ClientCertificatePassword = TestPairs.Password }).Findings);

        Assert.Equal("cert-too-complex", finding.Cause);
    }

    [Fact]
    public void One_that_ends_within_a_month_draws_a_warning()
    {
        using var old = TestPairs.Make(untilDays: 12);

        var report = Judge(Pfx(old));

        Assert.Equal((FindingCode.CertExpired, FindingSeverity.Warning), (report.Findings.Single().Code, report.Findings.Single().Severity));
        Assert.NotNull(report.Settings);
    }

    [Fact]
    public void A_generated_pair_has_a_strong_key_of_its_own_and_lasts_two_years()
    {
        var first = Judge(Input with { GenerateCertificate = true }).Settings!.Certificate!;
        var second = Judge(Input with { GenerateCertificate = true }).Settings!.Certificate!;

        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(first.Facts.PublicPart));
        Assert.Equal(3072, certificate.GetRSAPublicKey()!.KeySize);
        Assert.Equal(("CN=Signify hr@contoso.com", true), (first.Facts.Subject, first.Facts.MadeHere));
        Assert.InRange(first.Facts.NotAfter, TimeProvider.System.GetUtcNow().AddMonths(24).AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMonths(24));
        Assert.NotEqual(first.Key, second.Key);
    }

    [Fact]
    public void Printing_a_certificate_shows_no_key()
    {
        var certificate = Judge(Pfx(Good)).Settings!.Certificate!;

        Assert.DoesNotContain(certificate.Key.Reveal()[50..90], certificate.ToString(), StringComparison.Ordinal);
    }

    private SettingsInput Pfx(X509Certificate2 certificate) =>
        Input with { ClientCertificate = TestPairs.Pfx(certificate), ClientCertificatePassword = TestPairs.Password };

    private FieldReport Judge(SettingsInput input) => fixture.Lab.Library.Rules.Judge(input, null);

    private static IEnumerable<string> Blocking(FieldReport report) => report.Findings.Where(f => f.Blocks).Select(f => $"{f.Code.ToCode()}/{f.Field}");
}
