using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Access;
using Signify.Notifications.Audit;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class ApiKeyTests
{
    [Fact]
    public async Task A_key_opens_what_its_scopes_name_and_tells_its_ruleset_and_name()
    {
        await using var program = await ApiProgram.StartAsync();
        var key = await program.MakeAsync("payroll", ApiKeyScopes.Send | ApiKeyScopes.Read);

        var send = await JsonAsync(await program.GetAsync("/api/send", key));
        var settings = await program.GetAsync("/api/settings", key);

        Assert.Equal("API key payroll", send.GetProperty("by").GetString());
        Assert.Equal(Ruleset.DefaultId, send.GetProperty("ruleset").GetGuid());
        Assert.Equal("Default", send.GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/read", key)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, settings.StatusCode);
        Assert.Equal(403, (await JsonAsync(settings)).GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sgn_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("")]
    public async Task Without_a_good_key_the_answer_is_401_as_problem_details_and_no_redirect(string? key)
    {
        await using var program = await ApiProgram.StartAsync();

        var refused = await program.GetAsync("/api/send", key);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/broken", HttpStatusCode.InternalServerError)]
    public async Task What_fails_in_the_api_is_problem_details_without_inner_details(string path, HttpStatusCode expected)
    {
        await using var program = await ApiProgram.StartAsync();

        var answer = await program.GetAsync(path, await program.MakeAsync("payroll", ApiKeyScopes.All));

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("an inner detail", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_keys_are_limited_per_address_and_a_right_key_is_not_shut_out_by_them()
    {
        await using var program = await ApiProgram.StartAsync(clock: null, ("RateLimits:WrongKeysPerMinute", "2"));
        var key = await program.MakeAsync("payroll", ApiKeyScopes.Send);
        await program.GetAsync("/api/send", "wrong");
        await program.GetAsync("/api/send", "wrong");

        var third = await program.GetAsync("/api/send", "wrong");

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Equal("60", third.Headers.RetryAfter?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/send", key)).StatusCode);
    }

    [Fact]
    public async Task Last_use_is_noted_at_most_once_a_minute()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 8, 0, 0, TimeSpan.Zero));
        await using var program = await ApiProgram.StartAsync(clock);
        var key = await program.MakeAsync("payroll", ApiKeyScopes.Send);
        var start = clock.GetUtcNow();

        await program.GetAsync("/api/send", key);
        clock.Advance(TimeSpan.FromSeconds(59));
        await program.GetAsync("/api/send", key);
        var within = await LastUsedAsync(program);
        clock.Advance(TimeSpan.FromSeconds(1));
        await program.GetAsync("/api/send", key);

        Assert.Equal(start, within);
        Assert.Equal(start.AddMinutes(1), await LastUsedAsync(program));
    }

    [Fact]
    public async Task The_page_shows_a_new_key_once_keeps_its_hash_and_writes_the_deed_down()
    {
        await using var program = await TestProgram.StartAsync();
        var admin = await program.SignedInAsync();

        var made = await admin.SubmitAsync(await admin.GetAsync("/gear/access/apikeys"), "#make-key", ("Name", "payroll"), ("Scopes", "Send"));

        var key = made.Find("#key").GetAttribute("value")!;
        Assert.Matches("^sgn_[A-Za-z0-9_-]{43}$", key);
        Assert.Contains("no-store", made.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, (await admin.GetAsync("/gear/access/apikeys")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(key, program.ReadDatabaseFiles(), StringComparison.Ordinal);
        var row = (await program.ReadAuditAsync())[0];
        Assert.Equal((AuditAction.ApiKeyMade, TestProgram.AdminEmail, "API key payroll"), (row.Action, row.By, row.Target));
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_and_its_name_is_free_again()
    {
        await using var program = await TestProgram.StartAsync();
        var admin = await program.SignedInAsync();
        var keys = await admin.GetAsync("/gear/access/apikeys");
        var made = await admin.SubmitAsync(keys, "#make-key", ("Name", "payroll"), ("Scopes", "Read"));
        using var client = program.NewApiClient(made.Find("#key").GetAttribute("value"));
        var before = await client.GetAsync(new Uri("/api/nothing", UriKind.Relative), TestContext.Current.CancellationToken);
        var taken = await admin.SubmitAsync(keys, "#make-key", ("Name", "payroll"), ("Scopes", "Read"));

        var revoked = await admin.SubmitAsync(made, "button[aria-label='Revoke the key payroll']");

        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
        Assert.Contains("A key of this name is in use", taken.Text, StringComparison.Ordinal);
        Assert.Contains("The key is revoked", revoked.Text, StringComparison.Ordinal);
        var after = await client.GetAsync(new Uri("/api/nothing", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.NotNull((await admin.SubmitAsync(keys, "#make-key", ("Name", "payroll"), ("Scopes", "Read"))).Find("#key"));
    }

    [Fact]
    public async Task A_cookie_does_not_open_the_api_and_a_key_does_not_open_the_pages()
    {
        await using var program = await TestProgram.StartAsync();
        var browser = await program.SignedInAsync();
        using var client = program.NewApiClient();

        var api = await browser.GetAsync("/api/nothing");
        var page = await client.GetAsync(new Uri("/gear/access/users", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, api.Status);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    private static async Task<DateTimeOffset?> LastUsedAsync(ApiProgram program) =>
        Assert.Single(await program.Keys.ListAsync(Ruleset.DefaultId, TestContext.Current.CancellationToken)).LastUsedAt;

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
}
