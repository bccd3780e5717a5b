using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Web.Tests.Api;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>The three ways to sign in, on the page, without a script.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class CredentialPageTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    private const string Standby = "uF68Q~kX3dPz7NwVbR1sQm5YtLc9HjEg0AoIeTf2";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pair_is_generated_and_its_public_part_handed_out_and_nothing_else_of_it()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);

        var page = await screen.SaveToTheEndAsync(Values(("credential", "certificate"), ("generateCertificate", "true")));

        var active = (await screen.StoredAsync()).Active!;
        var facts = active.Certificate!;
        Assert.Equal((CredentialKind.Certificate, null), (active.Credential, active.ClientSecret));
        var shown = page.Find(".stored-certificate").TextContent;
        Assert.All([facts.Thumbprint, facts.Sha256, facts.Subject, $"fingerprint {active.CertificateKey!.Fingerprint}"], fact => Assert.Contains(fact, shown, StringComparison.Ordinal));
        Assert.Equal("checked", page.Find("#credential-certificate").GetAttribute("checked") is null ? "" : "checked");
        var link = page.Find(".stored-certificate a[download]").GetAttribute("href")!;
        using var file = await screen.Browser.Http.GetAsync(new Uri(page.Address, link), Ct);
        var bytes = await file.Content.ReadAsByteArrayAsync(Ct);
        using var certificate = X509CertificateLoader.LoadCertificate(bytes);
        Assert.Equal((facts.Thumbprint, false, 3072), (certificate.Thumbprint, certificate.HasPrivateKey, certificate.GetRSAPublicKey()!.KeySize));
        Assert.Equal($"signify-{facts.Thumbprint[..8].ToLowerInvariant()}.cer", file.Content.Headers.ContentDisposition!.FileNameStar ?? file.Content.Headers.ContentDisposition.FileName);
        AssertNoKey(active, page.Html, Convert.ToBase64String(bytes));
    }

    [Fact]
    public async Task A_file_with_its_password_is_taken_and_neither_comes_back()
    {
        using var pair = TestPairs.Make();
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);

        await UploadAsync(screen, [("certificateFile", pair.Export(X509ContentType.Pfx, TestPairs.Password))], ("clientCertificatePassword", TestPairs.Password));
        var page = await screen.SettledAsync();

        var active = (await screen.StoredAsync()).Active!;
        Assert.Equal(pair.Thumbprint, active.Certificate!.Thumbprint);
        Assert.DoesNotContain(TestPairs.Password, page.Html, StringComparison.Ordinal);
        AssertNoKey(active, page.Html);
    }

    [Fact]
    public async Task Two_text_files_or_a_pasted_pair_are_taken_as_well()
    {
        using var first = TestPairs.Make();
        using var second = TestPairs.Make();
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);

        await UploadAsync(screen, [("certificateFile", Encoding.ASCII.GetBytes(first.ExportCertificatePem())), ("certificateKeyFile", Encoding.ASCII.GetBytes(TestPairs.KeyPem(first)))]);
        await screen.SettledAsync();
        var ofFiles = (await screen.StoredAsync()).Newest!.Certificate!.Thumbprint;
        await UploadAsync(screen, [], ("clientCertificatePem", second.ExportCertificatePem() + "\n" + TestPairs.KeyPem(second)));
        await screen.SettledAsync();

        Assert.Equal((first.Thumbprint, second.Thumbprint), (ofFiles, (await screen.StoredAsync()).Newest!.Certificate!.Thumbprint));
    }

    [Fact]
    public async Task A_wrong_password_is_told_at_its_field_and_nothing_of_it_comes_back()
    {
        using var pair = TestPairs.Make();
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);

        var page = await UploadAsync(screen, [("certificateFile", pair.Export(X509ContentType.Pfx, TestPairs.Password))], ("clientCertificatePassword", "another-pass-11"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("This password does not open the certificate.", page.Find("#clientCertificatePassword-messages").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find("#clientCertificatePassword").GetAttribute("aria-invalid"));
        Assert.NotNull(page.Find("#upload").GetAttribute("open"));
        Assert.Contains("was not kept", page.Find("#clientCertificate-messages").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("another-pass-11", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pasted_key_does_not_come_back_when_another_field_is_wrong()
    {
        using var pair = TestPairs.Make();
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);

        var page = await UploadAsync(screen, [], ("clientCertificatePem", pair.ExportCertificatePem() + "\n" + TestPairs.KeyPem(pair)), ("port", "0"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal("", page.Find("#clientCertificatePem").TextContent);
        Assert.DoesNotContain(TestPairs.KeyPem(pair)[60..110], page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_far_too_large_is_refused_and_the_page_lives()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);

        var large = await UploadAsync(screen, [("certificateFile", RandomNumberGenerator.GetBytes(200_000))]);
        var huge = await UploadAsync(screen, [("certificateFile", RandomNumberGenerator.GetBytes(1_500_000))]);

        Assert.Contains("larger than 64 KB", large.Find("#clientCertificate-messages").TextContent, StringComparison.Ordinal);
        Assert.Contains(huge.Status, new[] { HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge });
        Assert.Equal(HttpStatusCode.OK, (await screen.ReadAsync()).Status);
    }

    [Fact]
    public async Task A_standby_is_stored_shown_by_its_fingerprint_and_removed_by_a_tick()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);

        var page = await screen.SaveToTheEndAsync(Values(("standbySecret", Standby), ("standbySecretExpiresOn", "2998-06-30")));
        var stored = (await screen.StoredAsync()).Newest!;
        await screen.SaveToTheEndAsync(("removeStandbySecret", "true"));

        Assert.Contains($"fingerprint {stored.StandbySecret!.Fingerprint}", page.Find("#standbySecret-help").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("#standby").GetAttribute("open"));
        SecretSpellings.AssertNowhere(Standby, page);
        var now = (await screen.StoredAsync()).Newest!;
        Assert.Equal((null, null), (now.StandbySecret, now.StandbySecretExpiresOn));
    }

    [Fact]
    public async Task After_a_take_over_the_page_the_overview_and_History_say_so_and_ask_for_a_new_standby()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        await screen.SaveToTheEndAsync(Values(("standbySecret", Standby), ("standbySecretExpiresOn", "2998-06-30")));
        var before = (await screen.StoredAsync()).Active!;
        var store = sandbox.Program.Services.GetRequiredService<SettingsStore>();
        await sandbox.Program.Services.GetRequiredService<StandbyTakeOver>().TryAsync(before.Id, store.Open(before), TokenResource.Graph, FindingCode.SecretExpired, Ct);

        var page = await screen.ReadAsync();
        var overview = await screen.Browser.GetAsync("/overview");
        var history = await screen.Browser.GetAsync("/gear/ruleset/notifications/history");

        Assert.Contains($"Entra refused the client secret of revision {before.Number}", page.Find("#notices").TextContent, StringComparison.Ordinal);
        Assert.Contains("nothing stands by any more", page.Find("#status-line").TextContent, StringComparison.Ordinal);
        Assert.Contains("The standby secret took over", overview.Text, StringComparison.Ordinal);
        Assert.Contains("Signify Notifications", history.Find($"#revision-{before.Number + 1}").TextContent, StringComparison.Ordinal);
        Assert.Equal(new SecretText(Standby), store.Open((await screen.StoredAsync()).Active!).ClientSecret);
        SecretSpellings.AssertNowhere(Standby, page);
    }

    [Fact]
    public async Task The_dates_that_the_portal_offers_are_offered_and_an_empty_one_draws_a_warning()
    {
        var screen = await SettingsScreen.OpenAsync(sandbox.Program);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

        var page = await screen.SaveToTheEndAsync(Values(("secretExpiresOn", "")));

        Assert.Contains(page.Document.QuerySelectorAll("#offered-dates option"), o => o.GetAttribute("value") == today.AddMonths(24).ToString("yyyy-MM-dd", null));
        Assert.Contains("Nobody can warn you", page.Find("#secretExpiresOn-messages").TextContent, StringComparison.Ordinal);
        Assert.NotNull((await screen.StoredAsync()).Active);
    }

    [Fact]
    public async Task A_host_without_an_identity_does_not_offer_one_and_says_why()
    {
        var page = await (await SettingsScreen.OpenAsync(sandbox.Program)).ReadAsync();

        Assert.NotNull(page.Find("#credential-workload").GetAttribute("disabled"));
        Assert.Contains("AZURE_FEDERATED_TOKEN_FILE", page.Find(".when-workload").TextContent, StringComparison.Ordinal);
    }

    private (string Name, string Value)[] Values(params (string Name, string Value)[] others) => SettingsScreen.Values(sandbox.Scenario("all-granted"), others);

    private async Task<Hosting.BrowserPage> UploadAsync(SettingsScreen screen, (string, byte[])[] files, params (string Name, string Value)[] others) =>
        await screen.Browser.UploadAsync(await screen.ReadAsync(), "#settings", files, Values([("credential", "certificate"), ("clientSecret", ""), .. others]));

    private void AssertNoKey(SettingsRevision revision, params string[] places)
    {
        var key = sandbox.Program.Services.GetRequiredService<SettingsStore>().Open(revision).Certificate!.Key.Reveal();
        Assert.All(places, place => Assert.All([key[60..110], key[^50..]], part => Assert.DoesNotContain(part, place, StringComparison.Ordinal)));
    }
}
