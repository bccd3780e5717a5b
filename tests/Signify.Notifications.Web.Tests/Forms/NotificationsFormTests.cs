using Signify.Notifications.Settings;
using Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

namespace Signify.Notifications.Web.Tests.Forms;

public sealed class NotificationsFormTests
{
    private const string Secret = "kx8~the-secret";

    [Fact]
    public void Every_field_travels_from_the_form_to_the_input()
    {
        var input = Typed().ToInput();

        Assert.Equal(
            new SettingsInput
            {
                ServerName = "HR notifications",
                Port = "587",
                TimeoutSeconds = "90",
                BatchSize = "large",
                FromEmail = "hr@contoso.com",
                FromName = "HR",
                ClientId = "client",
                ClientSecret = Secret,
                SecretExpiresOn = "2028-11-12",
                TenantId = "tenant",
                Cloud = "China",
                Route = "graph",
            },
            input);
    }

    [Fact]
    public void Nothing_is_cleaned_before_the_library_sees_it()
    {
        var form = Typed();
        form.ClientId = " \"client\" ";

        Assert.Equal(" \"client\" ", form.ToInput().ClientId);
    }

    [Fact]
    public void With_the_shared_relay_no_hidden_field_counts()
    {
        var form = Typed();
        form.UseOwnSmtpDetails = false;
        form.TimeoutSeconds = "rubbish";

        Assert.Equal(new SettingsInput { UseOwnSmtpDetails = false }, form.ToInput());
    }

    [Fact]
    public void Without_credentials_neither_a_password_nor_a_client_secret_counts()
    {
        var form = Typed();
        form.CredentialsRequired = false;
        form.Password = "hidden";

        var input = form.ToInput();

        Assert.Null(input.Password);
        Assert.Null(input.ClientSecret);
        Assert.Equal("HR notifications", input.ServerName);
    }

    [Fact]
    public void With_a_password_the_fields_of_Entra_do_not_count()
    {
        var form = Typed();
        form.TokenBasedAuthentication = false;
        (form.UserName, form.Password) = ("hr", "p4ss");

        var input = form.ToInput();

        Assert.Equal(("hr", "p4ss"), (input.UserName, input.Password));
        Assert.Null(input.ClientSecret);
        Assert.Null(input.TenantId);
    }

    [Theory]
    [InlineData(SettingsField.ClientSecret)]
    [InlineData(SettingsField.Password)]
    public void A_typed_secret_is_never_shown_again(string field)
    {
        var form = Typed();
        form.TokenBasedAuthentication = field == SettingsField.ClientSecret;
        form.Password = Secret;

        var again = form.ShownAgain(form.ToInput());

        Assert.Null(again.ClientSecret);
        Assert.Null(again.Password);
        Assert.Null(again[field]);
        Assert.Equal([field], form.TypedSecrets());
    }

    [Fact]
    public void Shown_again_what_was_seen_is_cleaned_and_what_was_hidden_stays_as_typed()
    {
        var form = Typed();
        form.TokenBasedAuthentication = false;
        (form.ServerName, form.ClientId) = (" mail.contoso.com ", " client ");

        var again = form.ShownAgain(form.ToInput() with { ServerName = "mail.contoso.com" });

        Assert.Equal("mail.contoso.com", again.ServerName);
        Assert.Equal(" client ", again.ClientId);
    }

    [Fact]
    public void A_new_ruleset_starts_with_the_recommended_values()
    {
        var form = NotificationsForm.From((SettingsRevision?)null);

        Assert.Equal(("587", "120", "medium", "automatic"), (form.Port, form.TimeoutSeconds, form.BatchSize, form.Route));
        Assert.True(form is { UseOwnSmtpDetails: true, CredentialsRequired: true, TokenBasedAuthentication: true });
    }

    private static NotificationsForm Typed() => new()
    {
        UseOwnSmtpDetails = true,
        CredentialsRequired = true,
        TokenBasedAuthentication = true,
        ServerName = "HR notifications",
        Port = "587",
        TimeoutSeconds = "90",
        BatchSize = "large",
        FromEmail = "hr@contoso.com",
        FromName = "HR",
        ClientId = "client",
        ClientSecret = Secret,
        SecretExpiresOn = "2028-11-12",
        TenantId = "tenant",
        Cloud = "China",
        Route = "graph",
    };
}
