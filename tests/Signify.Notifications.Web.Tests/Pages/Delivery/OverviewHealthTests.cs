using System.Globalization;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Delivery;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class OverviewHealthTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    [Theory]
    [InlineData(61, null, "good")]
    [InlineData(60, "info", "good")]
    [InlineData(15, "info", "good")]
    [InlineData(14, "warn", "warn")]
    [InlineData(1, "bad", "bad")]
    public async Task The_end_of_the_secret_is_said_louder_the_nearer_it_is(int days, string? notice, string dot)
    {
        await SaveAsync(days);
        var ada = await sandbox.Program.SignedInAsync();

        var overview = await ada.GetAsync("/overview");
        var settings = await ada.GetAsync("/gear/ruleset/notifications");

        Assert.Equal(notice is null ? null : $"notice {notice}", overview.Document.QuerySelector("#credential-ends")?.ClassName);
        Assert.NotNull(overview.Document.QuerySelector($"#health div:last-child .dot.{dot}"));
        Assert.NotNull(settings.Document.QuerySelector($"#status-line .dot.{dot}"));
        Assert.Contains($"in {days} days".Replace("in 1 days", "tomorrow", StringComparison.Ordinal), overview.Find("#health").TextContent, StringComparison.Ordinal);
        Assert.Equal(notice is not null, settings.Find("#status-line").TextContent.Contains("The client secret ends", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_check_of_what_is_in_use_that_fails_is_told_with_its_remedy()
    {
        await SaveAsync(400);
        sandbox.Sandbox.Faults.Token(Signify.Notifications.Sandbox.Faults.HttpFault.Answer(401,
            """{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys are expired.","error_codes":[7000222]}"""));
        await sandbox.PostAsync(ApiCalls.Settings + "/check");
        sandbox.Sandbox.Faults.Clear();

        var page = await (await sandbox.Program.SignedInAsync()).GetAsync("/overview");

        Assert.Contains("no longer pass their check", page.Find("#check-failed").TextContent, StringComparison.Ordinal);
        Assert.Contains("expired", page.Find("#health").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("#status-line .dot.warn"));
    }

    private async Task SaveAsync(int days)
    {
        var body = SandboxProgram.Body(sandbox.Scenario("all-granted"));
        body["secretExpiresOn"] = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(200, (await sandbox.SaveAsync(body)).Status);
    }
}
