using System.Text.Json;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Sandbox.Scenarios;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;

namespace Signify.Notifications.Web.Tests.Diagnosis;

/// <summary>Every fault of the sandbox, saved and where needed sent for real: the right finding stands first, on the right field.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class EveryFaultTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    private const string Write = "SIGNIFY_WRITE_DOCS";

    private readonly HashSet<string> _seen = [];

    [Fact]
    public async Task Every_fault_is_named_first_and_the_table_in_the_documentation_says_the_same()
    {
        var diagnosed = new List<DiagnosedFault>();
        foreach (var scenario in sandbox.Sandbox.Scenarios)
        {
            diagnosed.Add(DiagnosedFault.Of(scenario, await FirstAsync(scenario)));
        }

        var wrong = diagnosed.Where(d => d.Code != d.Scenario.ExpectedFindingCode).Select(d => $"{d.Scenario.Id}: {d.Code} in place of {d.Scenario.ExpectedFindingCode}");
        Assert.True(!wrong.Any(), string.Join('\n', wrong));
        var table = FaultTable.Of(diagnosed);
        if (Environment.GetEnvironmentVariable(Write) == "true")
        {
            await File.WriteAllTextAsync(FaultTable.FilePath, table, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(FaultTable.FilePath, TestContext.Current.CancellationToken), table);
        var unplayed = Causes.All.Select(c => c.Id).Except(_seen).ToHashSet();
        Assert.True(unplayed.SetEquals(Unplayed.Causes), string.Join('\n', unplayed.Except(Unplayed.Causes).Concat(Unplayed.Causes.Except(unplayed).Select(id => $"{id} is played"))));
    }

    private async Task<JsonElement?> FirstAsync(SandboxScenario scenario)
    {
        var (status, saved) = await sandbox.SaveAsync(scenario);
        See(status == 200 ? Findings(saved) : saved.GetProperty("findings").EnumerateArray());
        if (status != 200)
        {
            return saved.GetProperty("findings").EnumerateArray().First(IsError);
        }

        if (scenario.ShownBy == ScenarioProof.TestMessage)
        {
            Assert.True(saved.GetProperty("check").GetProperty("passed").GetBoolean(), $"{scenario.Id}: {saved.GetProperty("check").GetProperty("steps")}");
            var (_, sent) = await sandbox.PostAsync("/api/v1/settings/test-message", new { to = "anna@contoso.com" });
            See(sent.GetProperty("findings").EnumerateArray());
            return sent.GetProperty("findings").EnumerateArray().Cast<JsonElement?>().FirstOrDefault();
        }

        return saved.GetProperty("check").GetProperty("passed").GetBoolean() ? null : Findings(saved).First(IsError);
    }

    private void See(IEnumerable<JsonElement> findings) =>
        _seen.UnionWith(findings.Select(f => f.TryGetProperty("cause", out var cause) ? cause.GetString() : null).OfType<string>());

    private static IEnumerable<JsonElement> Findings(JsonElement saved) =>
        saved.GetProperty("check").GetProperty("steps").EnumerateArray().SelectMany(step => step.GetProperty("findings").EnumerateArray());

    private static bool IsError(JsonElement finding) => finding.GetProperty("severity").GetString() == "error";
}
