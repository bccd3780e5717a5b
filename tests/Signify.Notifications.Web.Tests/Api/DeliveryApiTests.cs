using System.Net;
using Signify.Notifications.Access;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;
using static Signify.Notifications.Delivery.NotificationState;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>Reading and controlling what was handed in, as a program does it.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class DeliveryApiTests : IAsyncLifetime
{
    private TestProgram _program = null!;

    public async ValueTask InitializeAsync()
    {
        _program = await TestProgram.StartAsync(("Dispatch:Enabled", "false"));
        await _program.AddActiveSettingsAsync();
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Fact]
    public async Task A_mailing_is_followed_paused_resumed_retried_cancelled_and_deleted()
    {
        var (id, _) = await _program.AddMailingAsync([Queued, Claimed, Sent, Failed, InDoubt]);
        var mailing = $"/api/v1/mailings/{id}";

        var read = await _program.GetAsync(mailing);
        Assert.Equal((HttpStatusCode.OK, $"{id}", "sending"), (read.Status, read["id"].GetString(), read["state"].GetString()));
        Assert.Equal("""{"total":5,"waiting":2,"sent":1,"failed":1,"inDoubt":1,"cancelled":0,"expired":0}""", read["counts"].GetRawText());
        Assert.Equal("""{"queued":1,"scheduled":0,"paused":0,"sending":1}""", read["waiting"].GetRawText());
        Assert.Equal(30, read["pace"].GetProperty("allowedPerMinute").GetInt32());
        Assert.True(read["estimatedEnd"].GetDateTimeOffset() > read["createdAt"].GetDateTimeOffset());

        Assert.Equal($"{id}", (await _program.PostAsync(mailing + "/pause"))["id"].GetString());
        Assert.Equal("paused", (await _program.GetAsync(mailing))["state"].GetString());
        Assert.Equal(HttpStatusCode.OK, (await _program.PostAsync(mailing + "/resume")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _program.PostAsync(mailing + "/retry-failed")).Status);
        (await _program.PostAsync(mailing + "/retry-failed")).AssertProblem(HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.OK, (await _program.PostAsync(mailing + "/cancel")).Status);
        var refused = (await _program.PostAsync(mailing + "/resume")).AssertProblem(HttpStatusCode.Conflict);
        Assert.Contains("cancelled", refused["detail"].GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _program.CallAsync(HttpMethod.Delete, mailing)).Status);
        (await _program.GetAsync(mailing)).AssertProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Mailings_are_listed_page_by_page()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Insert(0, $"{(await _program.AddMailingAsync([Queued])).Mailing}");
        }

        var first = await _program.GetAsync("/api/v1/mailings?limit=2");
        var second = await _program.GetAsync($"/api/v1/mailings?limit=2&after={first["next"].GetString()}");

        Assert.Equal(ids, Ids(first).Concat(Ids(second)));
        Assert.False(second.Json.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task Notifications_are_found_by_state_recipient_and_mailing()
    {
        var (first, ids) = await _program.AddMailingAsync([Queued, Claimed, Sent, Failed]);
        await _program.AddMailingAsync([Sent]);

        Assert.Equal([$"{ids[0]}"], Ids(await _program.GetAsync("/api/v1/notifications?state=queued")));
        Assert.Equal([$"{ids[1]}"], Ids(await _program.GetAsync("/api/v1/notifications?state=sending")));
        Assert.Equal([$"{ids[3]}", $"{ids[2]}"], Ids(await _program.GetAsync($"/api/v1/notifications?state=failed,sent&mailingId={first}")));
        Assert.Equal(2, Ids(await _program.GetAsync("/api/v1/notifications?to=person0@contoso.com")).Length);
        Assert.Equal(5, Ids(await _program.GetAsync("/api/v1/notifications?to=person*")).Length);
        Assert.Equal("sending", (await _program.GetAsync($"/api/v1/notifications/{ids[1]}"))["state"].GetString());
        Assert.Equal($"{ids[3]}.abc@contoso.com", (await _program.GetAsync($"/api/v1/notifications/{ids[3]}"))["messageId"].GetString());
        var page = await _program.GetAsync("/api/v1/notifications?to=person*&limit=2");
        Assert.Equal(2, Ids(await _program.GetAsync($"/api/v1/notifications?to=person*&limit=2&after={page["next"].GetString()}")).Length);
    }

    [Theory]
    [InlineData("/api/v1/notifications?state=gone")]
    [InlineData("/api/v1/notifications?after=x")]
    [InlineData("/api/v1/notifications?to=a*&after=5")]
    [InlineData("/api/v1/notifications?to=a*&after=5.%21")]
    [InlineData("/api/v1/notifications?limit=0")]
    [InlineData("/api/v1/notifications?limit=many")]
    [InlineData("/api/v1/notifications?mailingId=-1")]
    [InlineData("/api/v1/mailings?after=-5")]
    [InlineData("/api/v1/mailings?limit=201")]
    public async Task A_query_that_cannot_be_read_is_told_by_its_name(string path)
    {
        Assert.NotEmpty((await _program.GetAsync(path)).AssertProblem(HttpStatusCode.BadRequest).Names("errors"));
    }

    [Fact]
    public async Task A_notification_is_cancelled_sent_again_and_settled()
    {
        var (_, ids) = await _program.AddMailingAsync([Queued, Sent, InDoubt]);

        Assert.Equal(HttpStatusCode.OK, (await _program.PostAsync($"/api/v1/notifications/{ids[0]}/cancel")).Status);
        Assert.Equal("cancelled", (await _program.GetAsync($"/api/v1/notifications/{ids[0]}"))["state"].GetString());
        (await _program.PostAsync($"/api/v1/notifications/{ids[1]}/cancel")).AssertProblem(HttpStatusCode.Conflict);
        Assert.NotEqual($"{ids[1]}", (await _program.PostAsync($"/api/v1/notifications/{ids[1]}/resend"))["id"].GetString());
        Assert.Equal(HttpStatusCode.OK, (await _program.PostAsync($"/api/v1/notifications/{ids[2]}/arrived")).Status);
        (await _program.PostAsync("/api/v1/notifications/999999/resend")).AssertProblem(HttpStatusCode.NotFound);
        (await _program.PostAsync("/api/v1/notifications/abc/resend")).AssertProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Sending_is_held_and_resumed()
    {
        Assert.Equal("""{"held":false}""", (await _program.GetAsync("/api/v1/hold")).Text);

        var held = await _program.PostAsync("/api/v1/hold");
        Assert.Equal((true, "person"), (held["held"].GetBoolean(), held["reason"].GetString()));
        Assert.StartsWith("API key", held["by"].GetString(), StringComparison.Ordinal);
        Assert.False((await _program.PostAsync("/api/v1/resume"))["held"].GetBoolean());
    }

    [Theory]
    [InlineData(ApiKeyScopes.Read, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData(ApiKeyScopes.Send, HttpStatusCode.Forbidden, HttpStatusCode.OK)]
    [InlineData(ApiKeyScopes.Settings, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    public async Task Reading_and_controlling_are_different_rights(ApiKeyScopes scopes, HttpStatusCode read, HttpStatusCode control)
    {
        var (mailing, ids) = await _program.AddMailingAsync([Queued, Queued]);
        var key = await _program.NewKeyAsync($"scopes {scopes}", scopes);

        foreach (var path in (string[])["mailings", $"mailings/{mailing}", "notifications", $"notifications/{ids[0]}", "hold"])
        {
            Assert.Equal(read, (await _program.GetAsync($"/api/v1/{path}", key)).Status);
        }

        foreach (var path in (string[])["hold", "resume", $"mailings/{mailing}/pause", $"mailings/{mailing}/resume", $"notifications/{ids[0]}/cancel"])
        {
            Assert.Equal(control, (await _program.PostAsync($"/api/v1/{path}", key: key)).Status);
        }
    }

    [Fact]
    public async Task A_cookie_controls_only_for_an_administrators_page_of_this_program()
    {
        var (mailing, _) = await _program.AddMailingAsync([Queued]);
        var admin = await _program.SignedInAsync();
        var viewer = await _program.SignedInViewerAsync();

        Assert.Equal(HttpStatusCode.OK, await CallAsync(viewer, HttpMethod.Get, $"mailings/{mailing}", site: null));
        Assert.Equal(HttpStatusCode.Forbidden, await CallAsync(viewer, HttpMethod.Post, "hold", "same-origin"));
        Assert.Equal(HttpStatusCode.Forbidden, await CallAsync(admin, HttpMethod.Post, "hold", "same-site"));
        Assert.Equal(HttpStatusCode.Forbidden, await CallAsync(admin, HttpMethod.Post, "hold", site: null));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(admin, HttpMethod.Post, "hold", "same-origin"));
    }

    private static async Task<HttpStatusCode> CallAsync(BrowserClient browser, HttpMethod method, string path, string? site)
    {
        using var request = new HttpRequestMessage(method, new Uri($"/api/v1/{path}", UriKind.Relative));
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        using var answer = await browser.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static string[] Ids(ApiAnswer answer) => [.. answer["items"].EnumerateArray().Select(i => i.GetProperty("id").GetString()!)];
}
