using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>What PUT does not store: by field for a form, by code for a program, and nothing is changed.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class RefusedSettingsTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    private const string Secret = "kX98Q~the-typed-secret-of-this-test-0aB";

    [Theory]
    [InlineData("serverName", "", "server-name-required")]
    [InlineData("port", 0, "port-invalid")]
    [InlineData("port", 65536, "port-invalid")]
    [InlineData("port", "smtp", "port-invalid")]
    [InlineData("port", 587.5, "port-invalid")]
    [InlineData("timeoutSeconds", 4, "timeout-invalid")]
    [InlineData("timeoutSeconds", 601, "timeout-invalid")]
    [InlineData("fromEmail", "HR <hr@contoso.com>", "from-invalid")]
    [InlineData("fromEmail", null, "from-invalid")]
    [InlineData("clientId", "not a guid", "client-id-invalid")]
    [InlineData("tenantId", "common", "tenant-id-invalid")]
    [InlineData("tenantId", "organizations", "tenant-id-invalid")]
    [InlineData("tenantId", "not a tenant", "tenant-id-invalid")]
    [InlineData("clientSecret", "5a1ec0de-4d3b-4b7a-9c15-6f2e803d0aff", "secret-is-id")]
    [InlineData("clientSecret", "••••••••", "secret-is-mask")]
    [InlineData("cloud", "Cumulus", "cloud-unknown")]
    [InlineData("batchSize", "huge", "batch-size-invalid")]
    [InlineData("batchSize", "small, medium", "batch-size-invalid")]
    [InlineData("batchSize", "30", "batch-size-invalid")]
    [InlineData("route", "pigeon", "route-invalid")]
    [InlineData("route", "automatic,smtp", "route-invalid")]
    [InlineData("secretExpiresOn", "12.11.2028", "secret-expiry-invalid")]
    public async Task An_offline_rule_refuses_with_the_field_the_code_and_nothing_stored(string field, object? value, string code)
    {
        var before = await NewestAsync();

        var answer = await sandbox.Program.SaveAsync(Typed(field, value));

        answer.AssertProblem(HttpStatusCode.BadRequest);
        Assert.Equal([field], answer.Names("errors"));
        Assert.NotEqual("", answer["errors"].GetProperty(field)[0].GetString());
        var finding = answer["findings"][0];
        Assert.Equal((code, field), (finding.GetProperty("code").GetString(), finding.GetProperty("field").GetString()));
        Assert.DoesNotContain(Secret, answer.Text, StringComparison.Ordinal);
        Assert.Equal(before, await NewestAsync());
    }

    [Fact]
    public async Task Swapped_IDs_are_told()
    {
        var answer = await sandbox.Program.SaveAsync(Typed("clientId", "contoso.onmicrosoft.com"));

        Assert.Contains("ids-swapped", answer.AssertProblem(HttpStatusCode.BadRequest).FindingCodes);
    }

    [Fact]
    public async Task The_shared_relay_is_refused_while_none_is_set_up()
    {
        var answer = await sandbox.Program.SaveAsync(new { useOwnSmtpDetails = false });

        answer.AssertProblem(HttpStatusCode.BadRequest);
        Assert.Equal(["shared-relay-missing"], answer.FindingCodes);
        Assert.Equal(["useOwnSmtpDetails"], answer.Names("errors"));
    }

    [Theory]
    [InlineData("tenantId", "99999999-6a5d-4f0c-9e21-7d1c0a4be0ff")]
    [InlineData("clientId", "5a1ec0de-4d3b-4b7a-9c15-6f2e803d0aff")]
    [InlineData("cloud", "Worldwide")]
    public async Task The_stored_secret_does_not_go_to_another_place(string field, string value)
    {
        await sandbox.Program.SaveAsync(SandboxProgram.Body(sandbox.Scenario("all-granted")));

        var answer = await sandbox.Program.SaveAsync(new Dictionary<string, object?>(Typed(field, value)) { ["clientSecret"] = "" });

        answer.AssertProblem(HttpStatusCode.BadRequest);
        Assert.Equal(["clientSecret"], answer.Names("errors"));
        Assert.Contains("secret-required", answer.FindingCodes);
    }

    private Dictionary<string, object?> Typed(string field, object? value) =>
        new(SandboxProgram.Body(sandbox.Scenario("all-granted"))) { ["clientSecret"] = Secret, [field] = value };

    private async Task<int> NewestAsync() =>
        (await sandbox.Program.Services.GetRequiredService<SettingsStore>().ReadAsync(Ruleset.DefaultId, TestContext.Current.CancellationToken)).NewestNumber;
}
