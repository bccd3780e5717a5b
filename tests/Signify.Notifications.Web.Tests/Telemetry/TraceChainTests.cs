using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Delivery;
using Signify.Notifications.Sandbox;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;
using Signify.Notifications.Web.Tests.Interop;

namespace Signify.Notifications.Web.Tests.Telemetry;

/// <summary>One notification, from the caller's own trace to the server's answer.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class TraceChainTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityTraceId _caller = ActivityTraceId.CreateRandom();
    private readonly TaskCompletionSource<Activity> _batch = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ActivityListener _listener;

    public TraceChainTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Tracing.Name or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Take,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = TestTimeouts.TestMilliseconds)]
    [InlineData("all-granted", "smtp")]
    [InlineData("graph-only", "graph")]
    public async Task A_hand_in_is_followed_to_the_servers_answer(string scenario, string route)
    {
        await using var program = await TestProgram.StartAsync([.. SandboxProgram.SandboxSettings(), ("Dispatch:Enabled", "true")]);
        var sandbox = program.Services.GetRequiredService<SandboxHost>();
        await program.SaveAsync(SandboxProgram.Body(sandbox.Scenarios.Single(s => s.Id == scenario)));

        var id = await HandInAsync(program);
        var batch = await _batch.Task.WaitAsync(TestContext.Current.CancellationToken);

        var request = Assert.Single(_ended, a => a.Source.Name == "Microsoft.AspNetCore" && a.TraceId == _caller);
        var handIn = Assert.Single(_ended, a => a.OperationName == SpanNames.HandIn && a.TraceId == _caller);
        Assert.Equal(request.SpanId, handIn.ParentSpanId);
        Assert.Equal((ActivityKind.Producer, id, "queued"), (handIn.Kind, $"{handIn.GetTagItem("signify.notification.id")}", handIn.GetTagItem("signify.outcome")));
        Assert.Equal(handIn.Id, await StoredAsync(program));

        Assert.Equal(default, batch.ParentSpanId);
        Assert.NotEqual(_caller, batch.TraceId);
        Assert.Equal(handIn.SpanId, Assert.Single(batch.Links).Context.SpanId);
        var message = Under(batch, SpanNames.Message);
        Assert.Equal(handIn.Context.SpanId, Assert.Single(message.Links).Context.SpanId);
        Assert.Equal((id, 1, "sent"), ($"{message.GetTagItem("signify.notification.id")}", message.GetTagItem("signify.attempt"), message.GetTagItem("signify.outcome")));

        var session = Under(batch, SpanNames.Session);
        Assert.Equal(route, session.GetTagItem("signify.route"));
        Under(session, SpanNames.Token);
        if (route == "graph")
        {
            Assert.Equal(202, Under(message, SpanNames.GraphSendMail).GetTagItem("http.response.status_code"));
        }
        else
        {
            Assert.All((string[])[SpanNames.SmtpConnect, SpanNames.SmtpStartTls, SpanNames.SmtpSignIn], stage => Under(session, stage));
            Assert.Equal(235, Under(session, SpanNames.SmtpSignIn).GetTagItem("signify.smtp.code"));
            var submit = Under(message, SpanNames.SmtpSubmit);
            Assert.Equal((250, "2.0.0", ActivityKind.Client), (submit.GetTagItem("signify.smtp.code"), submit.GetTagItem("signify.smtp.enhanced_code"), submit.Kind));
        }

        Assert.All(_ended.Where(a => a.TraceId == batch.TraceId || a == handIn), a => Assert.DoesNotContain(a.TagObjects, t => $"{t.Value}".Contains('@', StringComparison.Ordinal)));
    }

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task What_a_server_refuses_is_told_by_its_codes_and_not_by_its_words()
    {
        await using var program = await TestProgram.StartAsync([.. SandboxProgram.SandboxSettings(), ("Dispatch:Enabled", "true")]);
        var sandbox = program.Services.GetRequiredService<SandboxHost>();
        await program.SaveAsync(SandboxProgram.Body(sandbox.Scenarios.Single(s => s.Id == "all-granted")));
        sandbox.Faults.Smtp(SmtpStage.RcptTo, SmtpFault.Answer("550 5.1.10 wordsofserver anna@reader.example"));

        await HandInAsync(program);
        var batch = await _batch.Task.WaitAsync(TestContext.Current.CancellationToken);

        var message = Under(batch, SpanNames.Message);
        Assert.Equal((ActivityStatusCode.Error, "recipient-rejected", "failed"), (message.Status, message.GetTagItem("error.type"), message.GetTagItem("signify.outcome")));
        var submit = Under(message, SpanNames.SmtpSubmit);
        Assert.Equal((550, "5.1.10", "550"), (submit.GetTagItem("signify.smtp.code"), submit.GetTagItem("signify.smtp.enhanced_code"), submit.GetTagItem("error.type")));
        Assert.All(_ended.Where(a => a.TraceId == batch.TraceId), a =>
        {
            Assert.Null(a.StatusDescription);
            Assert.Empty(a.Events);
            Assert.DoesNotContain(a.TagObjects, t => $"{t.Value}".Contains("wordsofserver", StringComparison.Ordinal));
        });
    }

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task Across_a_restart_the_message_points_to_its_hand_in_still()
    {
        var folder = Directory.CreateTempSubdirectory("signify-traced-");
        try
        {
            await using var server = new ScriptedSmtpServer(SmtpScript.PlainRelay);
            string? stored;
            await using (var program = await StartAsync(folder.FullName, dispatch: false))
            {
                Assert.Equal(System.Net.HttpStatusCode.OK, (await program.SaveAsync(LabSettings.Anonymous(server.Port))).Status);
                await HandInAsync(program);
                stored = await StoredAsync(program);
            }

            await using var next = await StartAsync(folder.FullName, dispatch: true);
            var batch = await _batch.Task.WaitAsync(TestContext.Current.CancellationToken);

            var handIn = Assert.Single(_ended, a => a.OperationName == SpanNames.HandIn && a.TraceId == _caller);
            Assert.Equal(handIn.Id, stored);
            Assert.Equal((handIn.TraceId, handIn.SpanId), (Under(batch, SpanNames.Message).Links.Single().Context.TraceId, Under(batch, SpanNames.Message).Links.Single().Context.SpanId));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public void Dispose() => _listener.Dispose();

    private static Task<TestProgram> StartAsync(string folder, bool dispatch) => TestProgram.StartAsync(new TestProgramOptions
    {
        DataDirectory = folder,
        Settings = new Dictionary<string, string> { ["Dispatch:Enabled"] = dispatch ? "true" : "false" },
    });

    // Programs of other tests are heard as well: ours has the caller's trace.
    private void Take(Activity activity)
    {
        _ended.Enqueue(activity);
        if (activity.OperationName == SpanNames.Batch && activity.Links.Any(l => l.Context.TraceId == _caller))
        {
            _batch.TrySetResult(activity);
        }
    }

    private Activity Under(Activity parent, string name) => Assert.Single(_ended, a => a.OperationName == name && a.TraceId == parent.TraceId && a.ParentSpanId == parent.SpanId);

    /// <returns>Its number.</returns>
    private async Task<string> HandInAsync(TestProgram program)
    {
        using var api = program.NewApiClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/notifications")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { to = "anna@reader.example", subject = "Hello", text = "Hello" }),
        };
        request.Headers.Add("traceparent", $"00-{_caller}-{ActivitySpanId.CreateRandom()}-01");
        using var answer = await api.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        return System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
    }

    private static async Task<string?> StoredAsync(TestProgram program)
    {
        await using var db = await SeededProgram.OpenAsync(program);
        return await db.Set<Mailing>().Select(m => m.TraceParent).SingleAsync(Ct);
    }
}
