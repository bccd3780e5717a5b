using System.Net;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>With If-Match nobody's change is overwritten unseen.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class IfMatchTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    [Fact]
    public async Task A_stale_one_is_told_what_changed_and_nothing_is_stored()
    {
        var body = SandboxProgram.Body(sandbox.Scenario("all-granted"));
        await sandbox.Program.SaveAsync(body);
        var seen = (await sandbox.Program.GetAsync(ApiCalls.Settings)).ETag;
        var theirs = await sandbox.Program.SaveAsync(new Dictionary<string, object?>(body) { ["timeoutSeconds"] = 45 });

        var answer = await sandbox.Program.SaveAsync(new Dictionary<string, object?>(body) { ["fromName"] = "Mine" }, seen);

        answer.AssertProblem(HttpStatusCode.PreconditionFailed);
        Assert.Equal(theirs["revision"].GetInt32(), answer["revision"].GetInt32());
        var change = Assert.Single(answer["changes"].EnumerateArray());
        Assert.Equal(("timeoutSeconds", "30 s", "45 s"), (change.GetProperty("field").GetString(), change.GetProperty("before").GetString(), change.GetProperty("after").GetString()));
        var now = await sandbox.Program.GetAsync(ApiCalls.Settings);
        Assert.Equal(theirs["revision"].GetInt32(), now["active"].GetProperty("revision").GetInt32());
    }

    [Fact]
    public async Task The_present_one_saves_and_so_does_any()
    {
        var body = SandboxProgram.Body(sandbox.Scenario("all-granted"));
        await sandbox.Program.SaveAsync(body);

        var present = await sandbox.Program.SaveAsync(body, (await sandbox.Program.GetAsync(ApiCalls.Settings)).ETag);
        var any = await sandbox.Program.SaveAsync(body, "*");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (present.Status, any.Status));
    }

    [Theory]
    [InlineData("\"seven\"")]
    [InlineData("W/\"7\"")]
    [InlineData("\"7\", \"8\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"99999999999\"")]
    [InlineData("\" 7\"")]
    public async Task One_that_GET_never_gave_is_refused_as_unreadable(string ifMatch)
    {
        var answer = await sandbox.Program.SaveAsync(SandboxProgram.Body(sandbox.Scenario("all-granted")), ifMatch);

        answer.AssertProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task One_from_before_the_database_was_set_up_anew_is_stale_too()
    {
        await using var fresh = await TestProgram.StartAsync(SandboxProgram.SandboxSettings());

        var answer = await fresh.SaveAsync(SandboxProgram.Body(sandbox.Scenario("all-granted")), "\"7\"");

        answer.AssertProblem(HttpStatusCode.PreconditionFailed);
        Assert.Equal("""{"active":null,"draft":null}""", (await fresh.GetAsync(ApiCalls.Settings)).Text);
    }
}
