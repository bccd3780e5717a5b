using System.Text.Json;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Tests.Findings;

/// <summary>What other programs rely on, spelled out: a failure here breaks them.</summary>
public sealed class ContractTests
{
    private const string Codes = """
        server-name-required port-invalid timeout-invalid from-invalid client-id-invalid
        tenant-id-invalid secret-required secret-is-id ids-swapped tenant-unknown tenant-other-cloud client-unknown secret-wrong secret-expired
        app-disabled app-not-in-tenant app-public-client no-exchange-online exchange-disabled conditional-access entra-throttled entra-unavailable
        entra-unreachable entra-interfered clock-skew cert-not-registered cert-expired exchange-permission-missing exchange-permission-wrong graph-permission-missing
        graph-only no-permission name-not-found connection-refused connection-timed-out starttls-missing tls-untrusted tls-expired tls-wrong-name
        tls-revoked tls-too-old xoauth2-not-offered sign-in-refused service-principal-missing smtp-auth-disabled-tenant smtp-auth-disabled-mailbox
        security-defaults basic-auth-retired basic-credentials-wrong send-as-denied from-not-owned mailbox-full mailbox-barred sender-blocked tenant-blocked daily-limit
        too-many-connections too-fast mailbox-not-found access-policy message-too-large recipient-rejected server-busy link-lost shared-relay-missing
        key-ring-lost
        """;

    [Fact]
    public void Every_code_of_the_contract_exists()
    {
        var known = Enum.GetValues<FindingCode>().Select(code => JsonSerializer.Serialize(code, FindingJson.Options).Trim('"')).ToHashSet();

        Assert.Subset(known, Codes.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToHashSet());
    }

    [Fact]
    public void The_steps_have_their_names_and_their_order()
    {
        Assert.Equal(
            ["fields", "tenant", "token-for-exchange", "token-for-graph", "permissions", "name-lookup", "connection", "encryption", "sign-in-offered", "sign-in", "sender"],
            Enum.GetValues<StepName>().Select(name => name.ToCode()));
    }

    [Fact]
    public void A_check_is_written_as_the_contract_says()
    {
        var report = new CheckReport
        {
            Passed = false,
            Route = Route.Graph,
            StartedAt = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero),
            Duration = TimeSpan.FromMilliseconds(1234.9),
            Steps =
            [
                new CheckStep(StepName.SignInOffered, StepState.Failed)
                {
                    Duration = TimeSpan.FromMilliseconds(7),
                    Summary = "In short.",
                    Evidence = "Words.",
                    Findings =
                    [
                        new Finding(FindingCode.Xoauth2NotOffered, "What.", "Do.") { Field = SettingsField.Cloud, Link = new Uri("https://entra.microsoft.com/x") },
                        new Finding(FindingCode.MailboxFull, "Full.", "Empty it.")
                        {
                            Severity = FindingSeverity.Warning,
                            Cause = "mailbox-full",
                            Certainty = Certainty.Likely,
                            TellApart = "Look.",
                            Repair = [RepairScript.SentItemsCopyOff],
                        },
                    ],
                },
                new CheckStep(StepName.Sender, StepState.Skipped),
            ],
        };

        Assert.Equal(
            """
            {"passed":false,"route":"graph","startedAt":"2026-11-23T08:00:00+00:00","durationMs":1234,"steps":[{"name":"sign-in-offered","state":"failed","durationMs":7,"summary":"In short.","evidence":"Words.","findings":[{"code":"xoauth2-not-offered","message":"What.","remedy":"Do.","severity":"error","field":"cloud","link":"https://entra.microsoft.com/x","certainty":"certain"},{"code":"mailbox-full","message":"Full.","remedy":"Empty it.","severity":"warning","cause":"mailbox-full","certainty":"likely","tellApart":"Look.","repair":["sent-items-copy-off"]}]},{"name":"sender","state":"skipped","durationMs":0,"summary":"","findings":[]}]}
            """,
            JsonSerializer.Serialize(report, FindingJson.Options));
    }

    [Fact]
    public void A_check_read_back_says_the_same()
    {
        var report = new CheckReport
        {
            Passed = true,
            Route = Route.Smtp,
            RouteReason = "Because.",
            StartedAt = DateTimeOffset.UnixEpoch,
            Duration = TimeSpan.FromSeconds(2),
            Steps = [new CheckStep(StepName.Connection, StepState.Warning) { Findings = [new Finding(FindingCode.NotEncrypted, "a", "b") { Repair = [RepairScript.SendAs, RepairScript.SentItemsCopyOff] }.AsWarning()] }],
        };
        var json = JsonSerializer.Serialize(report, FindingJson.Options);

        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<CheckReport>(json, FindingJson.Options), FindingJson.Options));
    }
}
