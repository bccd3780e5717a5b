using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Checks;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class KeptSecretsTests(LabFixture fixture) : IClassFixture<LabFixture>
{
    private static readonly SettingsInput Password = new()
    {
        TokenBasedAuthentication = false,
        ServerName = "mail.contoso.com",
        FromEmail = Lab.From,
        UserName = "hr",
        Password = "correct horse",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("serverName", "Another label")]
    [InlineData("port", "2525")]
    [InlineData("timeoutSeconds", "60")]
    [InlineData("fromEmail", "payroll@contoso.com")]
    [InlineData("route", "graph")]
    public async Task An_empty_secret_keeps_the_stored_one_while_it_goes_to_the_same_place(string field, string value)
    {
        var kept = await StoreAsync(fixture.Lab.Input);

        var report = fixture.Lab.Library.Rules.Judge((fixture.Lab.Input with { ClientSecret = "" }).With(field, value), kept);

        Assert.Empty(report.Findings);
        Assert.Equal(StubCloud.Secret, report.Settings!.ClientSecret!.Reveal());
    }

    [Theory]
    [InlineData("tenantId", "12121212-3434-4565-8787-909090909090")]
    [InlineData("clientId", "12121212-3434-4565-8787-909090909090")]
    [InlineData("cloud", "Worldwide")]
    public async Task An_empty_secret_must_be_entered_again_when_it_would_go_elsewhere(string field, string value)
    {
        var kept = await StoreAsync(fixture.Lab.Input);

        var report = fixture.Lab.Library.Rules.Judge((fixture.Lab.Input with { ClientSecret = "", Port = "587" }).With(field, value), kept);

        Assert.Equal(["secret-required/clientSecret"], report.Findings.Marks());
        Assert.Null(report.Settings);
    }

    [Fact]
    public async Task An_id_in_another_spelling_is_the_same_place()
    {
        var kept = await StoreAsync(fixture.Lab.Input);
        var typed = fixture.Lab.Input with { ClientSecret = null, TenantId = $"{{{StubCloud.Tenant.ToUpperInvariant()}}}", Cloud = " lab " };

        Assert.NotNull(fixture.Lab.Library.Rules.Judge(typed, kept).Settings);
    }

    [Theory]
    [InlineData("serverName", "mail.stranger.example", "secret-required/password")]
    [InlineData("userName", "somebody", "secret-required/password")]
    public async Task A_stored_password_is_never_handed_to_another_server_or_user(string field, string value, string finding)
    {
        var kept = await StoreAsync(Password);

        var report = fixture.Lab.Library.Rules.Judge((Password with { Password = null }).With(field, value), kept);

        Assert.Equal([finding], report.Findings.Marks());
    }

    [Fact]
    public async Task An_empty_password_keeps_the_stored_one_for_the_same_server_and_user()
    {
        var kept = await StoreAsync(Password);

        var report = fixture.Lab.Library.Rules.Judge(Password with { Password = "", FromName = "New name" }, kept);

        Assert.Equal("correct horse", report.Settings!.Password!.Reveal());
    }

    [Fact]
    public async Task A_stored_client_secret_is_no_password()
    {
        var kept = await StoreAsync(fixture.Lab.Input);

        Assert.Equal(["secret-required/password"], fixture.Lab.Library.Rules.Judge(Password with { Password = null }, kept).Findings.Marks());
    }

    [Fact]
    public async Task A_mask_that_comes_back_from_a_form_is_refused_even_when_a_secret_is_stored()
    {
        var kept = await StoreAsync(fixture.Lab.Input);

        Assert.Equal(["secret-is-mask/clientSecret"], fixture.Lab.Library.Rules.Judge(fixture.Lab.Input with { ClientSecret = "●●●●●●" }, kept).Findings.Marks());
    }

    private async Task<SettingsRevision> StoreAsync(SettingsInput input) =>
        Assert.IsType<SaveResult.Saved>(
            await fixture.Lab.Library.Store.SaveDraftAsync(TestLibrary.Ruleset, fixture.Lab.Settings(input), null, "anna", Ct)).Revision;
}
