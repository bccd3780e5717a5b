using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Credentials;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class WorkloadIdentityTests
{
    private const string Subject = "system:serviceaccount:hr:notifications";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_token_file_is_read_anew_for_each_token()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "token");
        await File.WriteAllTextAsync(file, Assertion("somebody:else") + "\n", Ct);
        await using var lab = await StartAsync(new() { ["AZURE_FEDERATED_TOKEN_FILE"] = file, ["AZURE_CLIENT_ID"] = StubCloud.Client });

        var refused = await lab.CheckAsync(Input(lab));
        await File.WriteAllTextAsync(file, Assertion(Subject) + "\n", Ct);
        var passed = await lab.CheckAsync(Input(lab));

        Assert.Contains(refused.Findings, f => f is { Code: FindingCode.FederatedCredentialMissing, Field: "credential", Blocks: true });
        Assert.True(passed.Passed);
        Assert.Empty(passed.Findings);
        Assert.Equal((CredentialKind.WorkloadIdentity, null), ((await lab.OverviewAsync()).Active!.Credential, (await lab.OverviewAsync()).Active!.CredentialEndsOn));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_managed_identity_is_asked_as_its_host_wants_it(bool appService)
    {
        var asked = new List<string>();
        await using var host = new LoopbackListener((socket, stop) => AnswerAsync(socket, asked, $$"""{"access_token":"{{Assertion(Subject)}}","expires_on":"1900000000"}""", stop));
        await using var lab = await StartAsync(appService
            ? new() { ["IDENTITY_ENDPOINT"] = $"http://127.0.0.1:{host.Port}/msi/token", ["IDENTITY_HEADER"] = "opens-the-identity" }
            : new() { ["WorkloadIdentity:ManagedIdentity"] = "true", ["WorkloadIdentity:MetadataAddress"] = $"http://127.0.0.1:{host.Port}/", ["WorkloadIdentity:ClientId"] = "the-identity" });

        var report = await lab.CheckAsync(Input(lab));

        Assert.True(report.Passed);
        var request = asked[0];
        Assert.Contains("resource=api%3A%2F%2FAzureADTokenExchange", request, StringComparison.Ordinal);
        Assert.Contains(
            appService ? "GET /msi/token?api-version=2019-08-01&" : "GET /metadata/identity/oauth2/token?api-version=2018-02-01&", request, StringComparison.Ordinal);
        Assert.Contains(appService ? "X-IDENTITY-HEADER: opens-the-identity" : "client_id=the-identity", request, StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Library.Logs.Lines, line => line.Contains("opens-the-identity", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_that_gives_nothing_is_told_and_the_mailbox_would_wait()
    {
        await using var lab = await StartAsync(new() { ["AZURE_FEDERATED_TOKEN_FILE"] = "/nowhere/token" });

        var report = await lab.CheckAsync(Input(lab));

        Assert.Contains(report.Findings, f => f is { Code: FindingCode.WorkloadIdentityFailed, Blocks: true });
        Assert.Equal(Notifications.Transports.StopKind.Unreachable, Notifications.Transports.StopKinds.Of(FindingCode.WorkloadIdentityFailed));
    }

    [Fact]
    public async Task A_host_without_an_identity_is_told_before_anything_is_sent()
    {
        await using var lab = await StartAsync([]);
        await using var off = await StartAsync(new() { ["AZURE_FEDERATED_TOKEN_FILE"] = "/some/token", ["WorkloadIdentity:Enabled"] = "false" });

        Assert.All([lab, off], l => Assert.Equal(
            ["workload-identity-unavailable/credential"],
            l.Library.Rules.Judge(Input(l), null, TestLibrary.Ruleset).Findings.Select(f => $"{f.Code.ToCode()}/{f.Field}")));
    }

    [Fact]
    public async Task It_is_for_the_first_ruleset_alone_unless_the_operator_lists_others()
    {
        var other = Guid.NewGuid();
        await using var usual = await StartAsync(new() { ["AZURE_FEDERATED_TOKEN_FILE"] = "/some/token" });
        await using var listed = await StartAsync(new() { ["AZURE_FEDERATED_TOKEN_FILE"] = "/some/token", ["WorkloadIdentity:Rulesets:0"] = $"{other}" });

        Assert.Equal([[], ["workload-identity-unavailable"], ["workload-identity-unavailable"]], new Guid?[] { TestLibrary.Ruleset, other, null }.Select(id => Codes(usual, id)));
        Assert.Equal([["workload-identity-unavailable"], []], new Guid?[] { TestLibrary.Ruleset, other }.Select(id => Codes(listed, id)));

        static IEnumerable<string> Codes(Lab lab, Guid? ruleset) => lab.Library.Rules.Judge(Input(lab), null, ruleset).Findings.Select(f => f.Code.ToCode());
    }

    /// <summary>Settings stored before the operator's list was, or by whatever way around the form.</summary>
    [Fact]
    public async Task A_ruleset_that_may_not_use_it_gets_no_token_of_it_not_even_one_that_another_has()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "token");
        await File.WriteAllTextAsync(file, Assertion(Subject), Ct);
        await using var lab = await StartAsync(new() { ["AZURE_FEDERATED_TOKEN_FILE"] = file });
        var settings = lab.Library.Rules.Judge(Input(lab), null, TestLibrary.Ruleset).Settings!;
        var tokens = lab.Library.Get<KeptTokens>();
        await tokens.GetAsync(settings, TokenResource.Graph, Ct);

        foreach (var other in new Guid?[] { Guid.NewGuid(), null })
        {
            var refused = await Assert.ThrowsAsync<TransportUnavailableException>(() => tokens.GetAsync(settings with { RulesetId = other }, TokenResource.Graph, Ct));
            Assert.Equal(FindingCode.WorkloadIdentityUnavailable, refused.Findings[0].Code);
            Assert.Contains("other rulesets", refused.Findings[0].Message);
        }
    }

    [Fact]
    public void A_ruleset_cannot_be_listed_by_its_name()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("WorkloadIdentity:Rulesets:0", "Payroll")]).Build();

        var refused = Assert.Throws<StartRefusedException>(() => new WorkloadIdentity(configuration));

        Assert.Contains("\"Payroll\"", refused.Message);
    }

    [Fact]
    public async Task Another_client_id_than_the_hosts_draws_a_warning()
    {
        await using var lab = await StartAsync(new() { ["AZURE_FEDERATED_TOKEN_FILE"] = "/some/token", ["AZURE_CLIENT_ID"] = "bbbbbbbb-0000-4ccc-8ddd-eeeeeeeeeeee" });

        var finding = Assert.Single(lab.Library.Rules.Judge(Input(lab), null, TestLibrary.Ruleset).Findings);

        Assert.Equal(("clientId", false), (finding.Field, finding.Blocks));
    }

    private static SettingsInput Input(Lab lab) => lab.Input with { Credential = "workloadIdentity", ClientSecret = null, SecretExpiresOn = null };

    private static async Task<Lab> StartAsync(Dictionary<string, string?> configuration)
    {
        var lab = await Lab.StartAsync(configuration: configuration);
        lab.Cloud.Credentials.Federated.Add(Subject);
        return lab;
    }

    private static string Assertion(string subject)
    {
        var body = $$"""{"iss":"https://cluster.example","sub":"{{subject}}","aud":"api://AzureADTokenExchange","exp":4000000000}""";
        return $"{Base64Url.EncodeToString("{\"alg\":\"RS256\"}"u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(body))}.AAAA";
    }

    private static async Task AnswerAsync(NetworkStream socket, List<string> asked, string body, CancellationToken stop)
    {
        using var reader = new StreamReader(socket, Encoding.ASCII, leaveOpen: true);
        var request = new StringBuilder();
        while (await reader.ReadLineAsync(stop) is { Length: > 0 } line)
        {
            request.Append(line).Append('\n');
        }

        lock (asked)
        {
            asked.Add(request.ToString());
        }

        await socket.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"), stop);
    }
}
