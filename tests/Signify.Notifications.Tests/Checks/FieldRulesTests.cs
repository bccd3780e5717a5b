using CsCheck;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Checks;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class FieldRulesTests(LabFixture fixture) : IClassFixture<LabFixture>
{
    private static readonly string Long = new('x', 400);

    private static readonly string[] Odd =
        ["", " ", "\u200B", "@", "a@b", "\"a b\"@c", "<>", "::1", "..", "\uD800", "common", StubCloud.Client, "1", "-1", "9999-99-99", "Lab", new('a', 5000)];

    private SettingsInput Input => fixture.Lab.Input;

    [Theory]
    [InlineData("hr@contoso.onmicrosoft.com", true)]
    [InlineData("hr@Contoso.OnMicrosoft.us", true)]
    [InlineData("hr@contoso.partner.onmschina.cn", true)]
    [InlineData("hr@contoso.com", false)]
    [InlineData("hr@notonmicrosoft.com", false)]
    public void An_address_in_microsofts_own_domain_draws_advice_and_no_error(string from, bool advised)
    {
        var report = fixture.Lab.Library.Rules.Judge(Input.With("fromEmail", from), kept: null);

        Assert.NotNull(report.Settings);
        Assert.Equal(advised, report.Findings.Any(f => f is { Cause: "from-default-domain", Severity: FindingSeverity.Advice }));
    }

    [Theory]
    [InlineData("serverName", null, "server-name-required/serverName")]
    [InlineData("port", "0", "port-invalid/port")]
    [InlineData("port", "65536", "port-invalid/port")]
    [InlineData("port", "-587", "port-invalid/port")]
    [InlineData("port", "587.0", "port-invalid/port")]
    [InlineData("port", "99999999999999999999", "port-invalid/port")]
    [InlineData("port", "smtp", "port-invalid/port")]
    [InlineData("timeoutSeconds", "4", "timeout-invalid/timeoutSeconds")]
    [InlineData("timeoutSeconds", "601", "timeout-invalid/timeoutSeconds")]
    [InlineData("timeoutSeconds", "2 min", "timeout-invalid/timeoutSeconds")]
    [InlineData("batchSize", "huge", "batch-size-invalid/batchSize")]
    [InlineData("batchSize", "30", "batch-size-invalid/batchSize")]
    [InlineData("fromEmail", null, "from-invalid/fromEmail")]
    [InlineData("fromEmail", "hr", "from-invalid/fromEmail")]
    [InlineData("fromEmail", "HR <hr@contoso.com>", "from-invalid/fromEmail")]
    [InlineData("fromEmail", "a@contoso.com,b@contoso.com", "from-invalid/fromEmail")]
    [InlineData("fromEmail", "hr@contoso.com> SIZE=1", "from-invalid/fromEmail")]
    [InlineData("fromEmail", "hür@contoso.com", "from-invalid/fromEmail")]
    [InlineData("clientId", null, "client-id-invalid/clientId")]
    [InlineData("clientId", "not-a-guid", "client-id-invalid/clientId")]
    [InlineData("clientId", "contoso.com", "ids-swapped/clientId")]
    [InlineData("clientId", StubCloud.Tenant, "ids-swapped/tenantId")]
    [InlineData("tenantId", null, "tenant-id-invalid/tenantId")]
    [InlineData("tenantId", "contoso", "tenant-id-invalid/tenantId")]
    [InlineData("tenantId", "common", "tenant-id-invalid/tenantId")]
    [InlineData("tenantId", "Organizations", "tenant-id-invalid/tenantId")]
    [InlineData("tenantId", "consumers", "tenant-id-invalid/tenantId")]
    [InlineData("tenantId", "contoso.com/oauth2", "tenant-id-invalid/tenantId")]
    [InlineData("clientSecret", null, "secret-required/clientSecret")]
    [InlineData("clientSecret", "0f0e0d0c-0b0a-4908-8706-050403020100", "secret-is-id/clientSecret")]
    [InlineData("clientSecret", "••••••••••", "secret-is-mask/clientSecret")]
    [InlineData("clientSecret", "**********", "secret-is-mask/clientSecret")]
    [InlineData("secretExpiresOn", "31.12.2028", "secret-expiry-invalid/secretExpiresOn")]
    [InlineData("secretExpiresOn", "2028-02-30", "secret-expiry-invalid/secretExpiresOn")]
    [InlineData("cloud", "Atlantis", "cloud-unknown/cloud")]
    [InlineData("route", "pigeon", "route-invalid/route")]
    [InlineData("route", "1", "route-invalid/route")]
    public void One_wrong_field_is_named_before_anything_is_sent(string field, string? value, string finding)
    {
        var report = fixture.Lab.Library.Rules.Judge(Input.With(field, value), kept: null);

        Assert.Equal([finding], report.Findings.Marks());
        Assert.Null(report.Settings);
    }

    [Theory]
    [InlineData("serverName")]
    [InlineData("fromName")]
    public void A_value_longer_than_its_column_is_refused(string field)
    {
        Assert.Equal([$"value-too-long/{field}"], fixture.Lab.Library.Rules.Judge(Input.With(field, Long), null).Findings.Marks());
    }

    [Fact]
    public void A_secret_of_more_than_a_thousand_characters_is_refused()
    {
        var report = fixture.Lab.Library.Rules.Judge(Input with { ClientSecret = new string('s', 1001) }, null);

        Assert.Equal(["value-too-long/clientSecret"], report.Findings.Marks());
    }

    [Fact]
    public void A_secret_in_the_place_of_the_client_id_is_seen_through()
    {
        var report = fixture.Lab.Library.Rules.Judge(Input with { ClientId = StubCloud.Secret, ClientSecret = StubCloud.Client }, null);

        Assert.Equal("ids-swapped/clientId", report.Findings.Marks()[0]);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("600")]
    public void The_ends_of_the_timeout_are_allowed(string seconds)
    {
        Assert.NotNull(fixture.Lab.Library.Rules.Judge(Input with { TimeoutSeconds = seconds }, null).Settings);
    }

    [Fact]
    public void Empty_numbers_and_choices_take_the_recommended_values()
    {
        var report = fixture.Lab.Library.Rules.Judge(Input with { Port = null, TimeoutSeconds = "", BatchSize = null, Route = null, Cloud = null }, null);

        Assert.Equal(
            (587, TimeSpan.FromSeconds(120), BatchSize.Medium, RouteChoice.Automatic, "Worldwide"),
            (report.Settings!.Port, report.Settings.Timeout, report.Settings.BatchSize, report.Settings.Route, report.Settings.Cloud));
    }

    [Theory]
    [InlineData("{11111111-2222-4333-8444-555555555555}")]
    [InlineData("11111111222243338444555555555555")]
    [InlineData("11111111-2222-4333-8444-555555555555")]
    public void An_id_in_another_spelling_is_stored_in_the_normal_one(string tenant)
    {
        Assert.Equal(StubCloud.Tenant, fixture.Lab.Library.Rules.Judge(Input with { TenantId = tenant.ToUpperInvariant() }, null).Settings!.TenantId);
    }

    [Theory]
    [InlineData("contoso.onmicrosoft.com")]
    [InlineData("mail.contoso.co.uk")]
    public void A_verified_domain_is_a_tenant_id(string tenant)
    {
        Assert.NotNull(fixture.Lab.Library.Rules.Judge(Input with { TenantId = tenant }, null).Settings);
    }

    [Theory]
    [InlineData("smtp.office365.us", "server-name-foreign/serverName")]
    [InlineData("contoso-com.mail.protection.outlook.com", "server-name-foreign/serverName")]
    [InlineData("outlook.office365.com", "server-name-foreign/serverName")]
    [InlineData("imap.gmail.com", "server-name-foreign/serverName")]
    public void With_tokens_a_host_that_does_not_belong_here_draws_a_warning_only(string name, string warning)
    {
        var report = fixture.Lab.Library.Rules.Judge(Input with { ServerName = name, Cloud = "Worldwide", Port = "587" }, null);

        Assert.Equal([warning], report.Findings.Marks());
        Assert.NotNull(report.Settings);
    }

    [Fact]
    public void Port_465_is_refused_for_exchange_online_and_another_one_draws_a_warning()
    {
        var refused = fixture.Lab.Library.Rules.Judge(Input with { Cloud = "Worldwide", Port = "465" }, null);
        var warned = fixture.Lab.Library.Rules.Judge(Input with { Cloud = "Worldwide", Port = "25" }, null);

        Assert.True(Assert.Single(refused.Findings).Blocks);
        Assert.False(Assert.Single(warned.Findings).Blocks);
    }

    [Fact]
    public void A_date_of_expiry_that_has_passed_is_a_warning()
    {
        var report = fixture.Lab.Library.Rules.Judge(Input with { SecretExpiresOn = "2020-01-01" }, null);

        Assert.Equal(["secret-expired/secretExpiresOn"], report.Findings.Marks());
        Assert.NotNull(report.Settings);
    }

    [Theory]
    [InlineData("serverName", "mail contoso", "server-name-invalid/serverName")]
    [InlineData("serverName", "mail.contoso.com:587", "server-name-invalid/serverName")]
    [InlineData("userName", null, "user-name-required/userName")]
    [InlineData("password", null, "secret-required/password")]
    [InlineData("password", "••••••", "secret-is-mask/password")]
    public void A_wrong_field_of_a_server_with_a_password_is_named(string field, string? value, string finding)
    {
        Assert.Equal([finding], fixture.Lab.Library.Rules.Judge(WithPassword.With(field, value), null).Findings.Marks());
    }

    [Fact]
    public void A_password_for_microsoft_365_draws_the_warning_that_passwords_end()
    {
        var report = fixture.Lab.Library.Rules.Judge(WithPassword with { ServerName = "smtp.office365.com" }, null);

        Assert.Equal(["basic-auth-retired/tokenBasedAuthentication"], report.Findings.Marks());
        Assert.NotNull(report.Settings);
    }

    [Fact]
    public void An_anonymous_relay_needs_no_credentials()
    {
        var report = fixture.Lab.Library.Rules.Judge(Input with { CredentialsRequired = false, ServerName = "10.0.0.7", ClientSecret = null }, null);

        Assert.Empty(report.Findings);
        Assert.Equal(SignIn.None, report.Settings!.SignIn);
        Assert.Null(report.Settings.ClientSecret);
    }

    [Fact]
    public void Without_own_details_and_without_a_shared_relay_there_is_nothing_to_send_over()
    {
        Assert.Equal(["shared-relay-missing/useOwnSmtpDetails"], fixture.Lab.Library.Rules.Judge(new SettingsInput { UseOwnSmtpDetails = false }, null).Findings.Marks());
    }

    [Fact]
    public void Whatever_is_typed_is_judged_and_never_thrown_at()
    {
        var text = Gen.OneOf(Gen.String, Gen.Int[0, Odd.Length - 1].Select(i => Odd[i]));
        var input = Gen.Select(text.Array[13], Gen.Bool.Array[3]).Select((t, b) => new SettingsInput
        {
            UseOwnSmtpDetails = b[0],
            CredentialsRequired = b[1],
            TokenBasedAuthentication = b[2],
            ServerName = t[0],
            Port = t[1],
            TimeoutSeconds = t[2],
            BatchSize = t[3],
            FromEmail = t[4],
            FromName = t[5],
            UserName = t[6],
            Password = t[7],
            ClientId = t[8],
            ClientSecret = t[9],
            SecretExpiresOn = t[10],
            TenantId = t[11],
            Cloud = t[12],
            Route = t[3],
        });

        input.Sample(
            typed =>
            {
                var report = fixture.Lab.Library.Rules.Judge(typed, kept: null);
                return report.Settings is null == report.Findings.Any(f => f.Blocks);
            },
            iter: 2000);
    }

    private static SettingsInput WithPassword => new()
    {
        TokenBasedAuthentication = false,
        ServerName = "mail.contoso.com",
        FromEmail = Lab.From,
        UserName = "hr",
        Password = "correct horse",
    };
}
