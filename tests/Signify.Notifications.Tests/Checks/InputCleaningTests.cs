using Signify.Notifications.Checks;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Checks;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class InputCleaningTests(LabFixture fixture) : IClassFixture<LabFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("serverName")]
    [InlineData("port")]
    [InlineData("timeoutSeconds")]
    [InlineData("batchSize")]
    [InlineData("fromEmail")]
    [InlineData("fromName")]
    [InlineData("userName")]
    [InlineData("clientId")]
    [InlineData("clientSecret")]
    [InlineData("secretExpiresOn")]
    [InlineData("tenantId")]
    [InlineData("cloud")]
    [InlineData("route")]
    public void A_pasted_value_is_cleaned_and_its_field_is_named(string field)
    {
        var typed = new SettingsInput().With(field, " \u201Cvalue\u200B\u201D\r\n");

        var clean = InputCleaning.Clean(typed, out var fields);

        Assert.Equal(new SettingsInput().With(field, "value"), clean);
        Assert.Equal([field], fields);
    }

    [Fact]
    public void A_password_is_left_exactly_as_typed()
    {
        var typed = new SettingsInput { Password = " \"p\u200Bw\" " };

        var clean = InputCleaning.Clean(typed, out var fields);

        Assert.Equal(" \"p\u200Bw\" ", clean.Password);
        Assert.Empty(fields);
    }

    [Fact]
    public void A_field_with_nothing_but_blanks_counts_as_empty()
    {
        Assert.Null(InputCleaning.Clean(new SettingsInput { ClientSecret = " \u200B " }, out _).ClientSecret);
    }

    [Fact]
    public void An_input_prints_no_secret()
    {
        var printed = (fixture.Lab.Input with { Password = "the-password" }).ToString();

        Assert.DoesNotContain(StubCloud.Secret, printed, StringComparison.Ordinal);
        Assert.DoesNotContain("the-password", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_revision_goes_back_into_the_form_without_its_secret_and_passes_again()
    {
        var lab = fixture.Lab;
        var input = lab.Input with { SecretExpiresOn = "2999-12-31", BatchSize = "large", Route = "graph" };
        var saved = Assert.IsType<SaveResult.Saved>(await lab.Library.Store.SaveDraftAsync(TestLibrary.Ruleset, lab.Settings(input), null, "anna", Ct));

        var form = InputCleaning.FromRevision(saved.Revision);
        var report = lab.Library.Rules.Judge(form, saved.Revision);

        Assert.Equal(input with { ClientSecret = null, Credential = "secret" }, form);
        Assert.Equal(lab.Settings(input), report.Settings);
    }
}
