using Signify.Notifications.Checks;
using Signify.Notifications.Checks.Ranking;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Diagnosis;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests.Checks.Ranking;

/// <summary>The decision table: what was seen around a failure, and the causes that it leaves, the likeliest first.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class RankerTests
{
    private const string Other = "77777777-7777-4777-8777-777777777777";

    private static readonly SmtpEndpoint Exchange = new("smtp.office365.com", 587, SmtpEncryption.Required, SettingsField.Cloud);

    private static readonly TokenClaims Token = new()
    {
        Audience = "https://outlook.office365.com",
        TenantId = StubCloud.Tenant,
        AppId = StubCloud.Client,
        ObjectId = StubCloud.ObjectId,
    };

    private static readonly Evidence Nothing = new()
    {
        Settings = Sample.Settings(),
        Cloud = MicrosoftClouds.Worldwide,
        Read = new PermissionReading(Token, new TokenClaims(), GraphProved: false),
        Reply = SmtpReply.Read("535 5.7.3 Authentication unsuccessful"),
        HttpsWorks = true,
        Tenant = new TenantAnswer(TenantKnowledge.Known, StubCloud.Tenant, null),
    };

    [Fact]
    public void With_the_role_in_the_token_the_fault_is_on_the_exchange_side() =>
        Assert.Equal(["service-principal-missing likely", "mailbox-not-primary possible"], Ranked(With(exchange: "SMTP.SendAsApp")));

    [Fact]
    public void An_app_for_graph_alone_is_told_so_and_nothing_has_to_be_mended() =>
        Assert.Equal(["graph-only likely"], Ranked(With(graph: "Mail.Send")));

    [Fact]
    public void An_app_for_graph_alone_that_shall_send_over_smtp_gets_the_ways_there() =>
        Assert.Equal(["graph-only-smtp-chosen likely", "exchange-permission-missing possible", "exchange-scope-excludes possible"],
            Ranked(With(graph: "Mail.Send") with { Settings = Sample.Settings() with { Route = RouteChoice.Smtp } }));

    [Fact]
    public void An_app_without_any_role_may_have_its_right_inside_exchange() =>
        Assert.Equal(["no-permission likely", "exchange-permission-missing possible", "exchange-scope-excludes possible"], Ranked(Nothing));

    [Fact]
    public void The_wrong_mail_send_stands_before_the_missing_right_one() =>
        Assert.Equal(["exchange-permission-wrong likely", "exchange-permission-missing possible", "exchange-scope-excludes possible"], Ranked(With(exchange: "Mail.Send")));

    [Fact]
    public void A_token_for_a_person_is_one_whatever_its_roles() =>
        Assert.Equal("token-delegated certain", Ranked(With(Token with { Roles = ["SMTP.SendAsApp"], Scopes = "SMTP.Send" }))[0]);

    [Theory]
    [InlineData("https://graph.microsoft.com", "token-wrong-audience certain")]
    [InlineData("00000003-0000-0000-c000-000000000000", "token-wrong-audience certain")]
    [InlineData("https://management.azure.com/", "token-wrong-audience likely")]
    [InlineData("https://outlook.office365.com/", "service-principal-missing likely")]
    [InlineData("https://outlook.office.com", "service-principal-missing likely")]
    [InlineData("00000002-0000-0ff1-ce00-000000000000", "service-principal-missing likely")]
    [InlineData(null, "service-principal-missing likely")]
    public void The_audience_of_the_token_is_looked_at_before_its_roles(string? audience, string expected) =>
        Assert.Equal(expected, Ranked(With(Token with { Audience = audience, Roles = ["SMTP.SendAsApp"] }))[0]);

    [Fact]
    public void A_token_that_cannot_be_read_leaves_the_servers_answer_as_it_is() =>
        Assert.Equal(["sign-in-refused certain"], Ranked(Nothing with { Read = new PermissionReading(null, null, GraphProved: false) }));

    [Fact]
    public void A_from_domain_of_another_tenant_is_a_perhaps_and_never_first()
    {
        var evidence = With(exchange: "SMTP.SendAsApp") with { FromDomain = Domain(Other) };

        var ranked = Rank(Causes.SignInRefused.Told(), evidence);

        Assert.Equal(["service-principal-missing", "from-domain-elsewhere", "mailbox-not-primary"], ranked.Causes());
        Assert.StartsWith("Perhaps", ranked[1].Message, StringComparison.Ordinal);
        Assert.Contains(Other, ranked[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_from_domain_of_the_apps_own_tenant_is_no_finding() =>
        Assert.DoesNotContain("from-domain-elsewhere possible", Ranked(With(exchange: "SMTP.SendAsApp") with { FromDomain = Domain(StubCloud.Tenant.ToUpperInvariant()) }));

    [Fact]
    public void An_app_that_the_tenant_does_not_know_is_mistyped_elsewhere_or_not_consented()
    {
        var ranked = Rank(Causes.ClientUnknown.Told(), Nothing with { Read = new PermissionReading(null, null, false), FromDomain = Domain(Other) });

        Assert.Equal(["client-unknown", "client-of-other-tenant", "client-not-consented"], ranked.Causes());
        Assert.Equal([SettingsField.ClientId, SettingsField.TenantId, SettingsField.ClientId], ranked.Select(f => f.Field));
        Assert.NotNull(ranked[0].TellApart);
        Assert.Null(ranked[1].TellApart);
    }

    [Fact]
    public void An_app_in_a_tenant_that_nobody_knows_of_is_not_guessed_at() =>
        Assert.Equal(["client-unknown certain"], Ranked(Causes.ClientUnknown, Nothing with { Tenant = null }));

    [Fact]
    public void An_unknown_tenant_is_swapped_the_from_domains_or_in_another_cloud()
    {
        Assert.Equal(["ids-swapped-tenant certain"], Ranked(Causes.TenantUnknown, Nothing with { ClientIsTenant = true }));
        Assert.Equal(["tenant-unknown certain", "tenant-is-domains possible"], Ranked(Causes.TenantUnknown, Nothing with { FromDomain = Domain(Other) }));
        Assert.Equal(["tenant-unknown certain", "tenant-perhaps-elsewhere possible"], Ranked(Causes.TenantUnknown, Nothing));
    }

    [Theory]
    [InlineData("connection-refused-cloud", "port-blocked-refused")]
    [InlineData("connection-silent-cloud", "port-blocked-silent")]
    [InlineData("greeting-missing-cloud", "port-blocked-silent")]
    [InlineData("connection-failed-cloud", "port-blocked-broken")]
    public void A_port_that_does_not_answer_while_https_does_is_blocked(string found, string expected)
    {
        var cause = Causes.All.Single(c => c.Id == found);

        Assert.Equal([$"{expected} likely"], Ranked(cause, Nothing));
        Assert.Equal([$"{found} certain"], Ranked(cause, Nothing with { HttpsWorks = false }));
        Assert.Equal(cause.Code, Causes.All.Single(c => c.Id == expected).Code);
    }

    [Theory]
    [InlineData("220 mail.firewall.example ESMTP ready", "starttls-stripped likely", "xoauth2-banner-foreign likely")]
    [InlineData("220 PN4P287CA0064.outlook.office365.com Microsoft ESMTP MAIL Service ready", "starttls-missing-cloud certain", "xoauth2-not-offered certain")]
    [InlineData("", "starttls-missing-cloud certain", "xoauth2-not-offered certain")]
    public void What_does_not_greet_as_exchange_is_not_exchange(string banner, string noStartTls, string noMechanism)
    {
        Assert.Equal([noStartTls], Ranked(Causes.StarttlsMissingCloud, Nothing with { Banner = banner }));
        Assert.Equal([noMechanism], Ranked(Causes.Xoauth2NotOffered, Nothing with { Banner = banner }));
    }

    [Fact]
    public void A_foreign_certificate_in_microsofts_place_is_an_interception()
    {
        var evidence = Nothing with { Certificate = new CertificateVerdict(CertificateFault.Untrusted, "CN=smtp.office365.com, issued by Contoso Firewall") };

        var ranked = Rank(Causes.TlsUntrustedCloud.Told(("host", "h"), ("certificate", "c")), evidence);

        Assert.Equal(["tls-intercepted"], ranked.Causes());
        Assert.Contains("Contoso Firewall", ranked[0].Message, StringComparison.Ordinal);
    }

    /// <summary>Without the permission no server accepts the token; with it, the server's own response is all that is known.</summary>
    [Theory]
    [InlineData("535 5.7.8 bad credentials", null, "no-permission,token-not-trusted")]
    [InlineData("535 Anmeldung abgelehnt", null, "no-permission,token-not-trusted")]
    [InlineData("535 5.7.8 bad credentials", "SMTP.SendAsApp", "token-not-trusted")]
    public void A_missing_permission_comes_first_with_any_server(string reply, string? role, string expected)
    {
        var cloud = MicrosoftClouds.Worldwide with { Name = "Lab", BuiltIn = false };
        var evidence = With(exchange: role) with { Cloud = cloud, Reply = SmtpReply.Read(reply) };

        var ranked = Rank(Causes.TokenNotTrusted.Told(("endpoint", "mail:587")), evidence).Select(f => f.Cause).ToList();

        Assert.Equal(expected, string.Join(',', [ranked[0], .. ranked.Skip(1).TakeLast(1)]));
    }

    [Fact]
    public void Patience_is_asked_for_only_where_time_can_be_the_cause()
    {
        var forTime = Rank(Causes.SignInRefused.Told(), With(exchange: "SMTP.SendAsApp"));
        var forNone = Rank(Causes.SecretExpired.Told(), Nothing);

        Assert.Contains("two hours", forTime[0].Remedy, StringComparison.Ordinal);
        Assert.All(forTime.Skip(1).Concat(forNone), finding => Assert.DoesNotContain("two hours", finding.Remedy, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(25, FindingCode.ServicePrincipalMissing, true)]
    [InlineData(119, FindingCode.ServicePrincipalMissing, true)]
    [InlineData(121, FindingCode.ServicePrincipalMissing, false)]
    [InlineData(25, FindingCode.SecretWrong, false)]
    public void The_same_failure_within_two_hours_makes_waiting_likelier(int minutes, FindingCode before, bool again)
    {
        var evidence = With(exchange: "SMTP.SendAsApp") with { Earlier = new EarlierFailure(TimeSpan.FromMinutes(minutes), new HashSet<FindingCode> { before }) };

        Assert.Equal(again, Rank(Causes.SignInRefused.Told(), evidence)[0].Remedy.Contains($"failed the same way {minutes} min ago", StringComparison.Ordinal));
    }

    [Fact]
    public void The_action_that_tells_apart_names_the_apps_own_ids()
    {
        var ranked = Rank(Causes.SignInRefused.Told(), With(exchange: "SMTP.SendAsApp"));

        Assert.Contains(StubCloud.Client, ranked[0].TellApart, StringComparison.Ordinal);
        Assert.Contains(StubCloud.ObjectId, ranked[0].TellApart, StringComparison.Ordinal);
        Assert.Contains("New-ServicePrincipal", ranked[0].Commands, StringComparison.Ordinal);
        Assert.Equal([RepairScript.SmtpMailboxAccess, RepairScript.SmtpRoleAssignment], ranked[0].Repair);
    }

    [Fact]
    public void A_warning_stays_one_when_its_cause_is_found() =>
        Assert.All(Rank(Causes.SignInRefused.Told().AsWarning(), Nothing), finding => Assert.Equal(FindingSeverity.Warning, finding.Severity));

    [Fact]
    public void Every_rule_can_be_told_with_the_values_that_the_check_has() => Assert.All(Rules.All, rule =>
        Assert.DoesNotMatch(@"\{[a-z]+\}", rule.Cause.Told(Nothing.Values(Exchange)).Message));

    private static Evidence With(string? exchange = null, string? graph = null) => Nothing with
    {
        Read = new PermissionReading(Token with { Roles = Roles(exchange) }, new TokenClaims { Roles = Roles(graph) }, GraphProved: false),
    };

    private static Evidence With(TokenClaims exchange) => Nothing with { Read = new PermissionReading(exchange, new TokenClaims(), GraphProved: false) };

    private static string[] Roles(string? role) => role is null ? [] : [role];

    private static TenantAnswer Domain(string tenant) => new(TenantKnowledge.Known, tenant, null);

    private static IReadOnlyList<Finding> Rank(Finding found, Evidence evidence) => new Ranker(evidence, Exchange).Rank([found]);

    private static string[] Ranked(Evidence evidence) => Ranked(Causes.SignInRefused, evidence);

    private static string[] Ranked(Cause found, Evidence evidence) =>
        [.. Rank(found.Told(evidence.Values(Exchange).Append(("seconds", "30")).ToArray()), evidence).Select(f => $"{f.Cause} {f.Certainty.ToCode()}")];
}
