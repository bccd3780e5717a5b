using System.Net;
using System.Text.Json;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>The check again, and one real message, over what is in use or over the draft.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class CheckAndTestMessageTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    private const string Check = ApiCalls.Settings + "/check";
    private const string TestMessage = ApiCalls.Settings + "/test-message";

    [Theory]
    [InlineData(Check, "active")]
    [InlineData(Check, "draft")]
    [InlineData(TestMessage, "active")]
    [InlineData(TestMessage, "draft")]
    public async Task Where_there_is_no_such_revision_the_answer_is_404_with_the_way_out(string path, string revision)
    {
        await using var program = await TestProgram.StartAsync();

        var answer = await program.PostAsync($"{path}?revision={revision}", new { to = "anna@contoso.com" });

        answer.AssertProblem(HttpStatusCode.NotFound);
        Assert.Contains(revision, answer["title"].GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", answer["detail"].GetString());
    }

    [Theory]
    [InlineData(Check)]
    [InlineData(TestMessage)]
    public async Task A_revision_that_cannot_be_chosen_is_refused(string path)
    {
        (await sandbox.Program.PostAsync($"{path}?revision=retired", new { to = "anna@contoso.com" })).AssertProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_check_runs_on_what_is_in_use_or_on_the_draft()
    {
        var active = await sandbox.Program.SaveAsync(SandboxProgram.Body(sandbox.Scenario("all-granted")));
        var draft = await sandbox.Program.SaveAsync(SandboxProgram.Body(sandbox.Scenario("unknown-app")));

        var onActive = await sandbox.Program.PostAsync(Check);
        var onDraft = await sandbox.Program.PostAsync(Check + "?revision=draft");

        Assert.Equal((active["revision"].GetInt32(), "active", true), Verdict(onActive));
        Assert.Equal((draft["revision"].GetInt32(), "draft", false), Verdict(onDraft));
    }

    [Fact]
    public async Task A_draft_whose_cause_is_mended_takes_over_when_it_is_checked_again()
    {
        sandbox.Sandbox.Faults.Token(HttpFault.Answer(503));
        var draft = await sandbox.Program.SaveAsync(SandboxProgram.Body(sandbox.Scenario("all-granted")));
        sandbox.Sandbox.Faults.Clear();

        var answer = await sandbox.Program.PostAsync(Check + "?revision=draft");

        Assert.Equal("draft", draft["state"].GetString());
        Assert.Equal((draft["revision"].GetInt32(), "active", true), Verdict(answer));
    }

    [Theory]
    [InlineData("all-granted")]
    [InlineData("graph-only")]
    public async Task A_test_message_is_delivered_with_receipt_and_message_ID(string scenario)
    {
        await sandbox.Program.SaveAsync(SandboxProgram.Body(sandbox.Scenario(scenario)));
        var to = $"{scenario}@reader.example";

        var answer = await sandbox.Program.PostAsync(TestMessage, new { to });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True(answer["delivered"].GetBoolean());
        Assert.NotEqual("", answer["receipt"].GetString());
        Assert.Empty(answer["findings"].EnumerateArray());
        var arrived = await sandbox.Sandbox.Mail.WaitForAsync(m => m.To.Contains(to), TestContext.Current.CancellationToken);
        Assert.Equal(arrived.MessageId.Trim('<', '>'), answer["messageId"].GetString());
        Assert.Equal("Test message from Signify Notifications", arrived.Subject);
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("anna@contoso.com, bert@contoso.com")]
    [InlineData("Anna <anna@contoso.com>")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_bad_address_is_a_finding_on_it_and_nothing_is_sent(string? to)
    {
        await sandbox.Program.SaveAsync(SandboxProgram.Body(sandbox.Scenario("all-granted")));
        var before = sandbox.Sandbox.Mail.Total;

        var answer = await sandbox.Program.PostAsync(TestMessage, new { to });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.False(answer["delivered"].GetBoolean());
        var finding = Assert.Single(answer["findings"].EnumerateArray());
        Assert.Equal(("recipient-rejected", "to"), (finding.GetProperty("code").GetString(), finding.GetProperty("field").GetString()));
        Assert.False(answer.Json.TryGetProperty("receipt", out _));
        Assert.Equal(before, sandbox.Sandbox.Mail.Total);
    }

    [Fact]
    public async Task A_refused_test_message_says_why()
    {
        await sandbox.Program.SaveAsync(SandboxProgram.Body(sandbox.Scenario("all-granted")));
        sandbox.Sandbox.Faults.Smtp(SmtpStage.RcptTo, SmtpFault.Answer("550 5.1.1 No such person here"));

        var answer = await sandbox.Program.PostAsync(TestMessage, new { to = "nobody@contoso.com" });

        sandbox.Sandbox.Faults.Clear();
        Assert.False(answer["delivered"].GetBoolean());
        Assert.Contains("5.1.1", answer["evidence"].GetString(), StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Undefined, answer["findings"][0].GetProperty("remedy").ValueKind);
    }

    private static (int, string?, bool) Verdict(ApiAnswer answer) =>
        (answer["revision"].GetInt32(), answer["state"].GetString(), answer["check"].GetProperty("passed").GetBoolean());
}
