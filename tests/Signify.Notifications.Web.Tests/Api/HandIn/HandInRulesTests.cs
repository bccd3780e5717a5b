using System.Net;
using Signify.Notifications.Access;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Web.Tests.Api.HandIn.HandInProgram;

namespace Signify.Notifications.Web.Tests.Api.HandIn;

/// <summary>Who may hand in, how often, and how large.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class HandInRulesTests(HandInProgram program) : IClassFixture<HandInProgram>
{
    private const string One = """{"to": "anna@contoso.com", "subject": "Hello", "text": "Hello"}""";

    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer_and_say_so()
    {
        var first = await program.PostAsync(HandInProgram.Notifications, One, key: "again");
        var second = await program.PostAsync(HandInProgram.Notifications, One, key: "again");

        Assert.Equal((HttpStatusCode.Accepted, first.Text), (second.Status, second.Text));
        Assert.False(first.Response.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(["true"], second.Response.Headers.GetValues("Idempotent-Replayed"));
        Assert.Equal(1, await program.CountAsync("SELECT COUNT(*) FROM \"HandInKeys\" WHERE \"Key\" = 'again'"));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused_even_by_a_blank_or_at_another_path()
    {
        await program.PostAsync(HandInProgram.Notifications, One, key: "other");
        var count = await program.CountAsync("SELECT COUNT(*) FROM \"Mailings\"");

        (await program.PostAsync(HandInProgram.Notifications, One + " ", key: "other")).AssertProblem(HttpStatusCode.Conflict);
        (await program.PostLinesAsync("other", LineStream.Head, LineStream.Person(1))).AssertProblem(HttpStatusCode.Conflict);
        Assert.Equal(count, await program.CountAsync("SELECT COUNT(*) FROM \"Mailings\" WHERE \"State\" = 1"));
    }

    [Fact]
    public async Task A_refusal_does_not_use_the_key_up()
    {
        (await program.PostAsync(HandInProgram.Notifications, "{}", key: "free")).AssertProblem(HttpStatusCode.BadRequest);

        Assert.Equal(HttpStatusCode.Accepted, (await program.PostAsync(HandInProgram.Notifications, One, key: "free")).Status);
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused()
    {
        (await program.PostAsync(HandInProgram.Notifications, One, "with a blank")).AssertProblem(HttpStatusCode.BadRequest);
        (await program.PostAsync(HandInProgram.Notifications, One, new string('x', 256))).AssertProblem(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(ApiKeyScopes.Send, HttpStatusCode.Accepted)]
    [InlineData(ApiKeyScopes.Read, HttpStatusCode.Forbidden)]
    [InlineData(ApiKeyScopes.Settings, HttpStatusCode.Forbidden)]
    public async Task Handing_in_needs_the_scope_send(ApiKeyScopes scope, HttpStatusCode expected)
    {
        var key = await program.Program.NewKeyAsync($"hand-in {scope}", scope);
        using var api = program.Program.NewApiClient(key);

        var answer = await api.PostAsync(HandInProgram.Notifications, new StringContent(One, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("""{"to": "a@contoso.com\r\nBcc: eve@evil.example", "subject": "x", "text": "x"}""", "to")]
    [InlineData("""{"to": "a@contoso.com", "cc": "b@contoso.com\nX: y", "subject": "x", "text": "x"}""", "cc")]
    [InlineData("""{"to": "a@contoso.com", "subject": "x\r\nBcc: eve@evil.example", "text": "x"}""", "subject")]
    [InlineData("""{"to": "a@contoso.com", "subject": "x", "text": "x", "attachments": [{"name": "a\r\nb", "content": ""}]}""", "attachments[0].name")]
    [InlineData("""{"to": "a@contoso.com", "subject": "x", "text": "x", "attachments": [{"name": "a", "contentType": "a/b\r\nX: y", "content": ""}]}""", "attachments[0].contentType")]
    [InlineData("""{"to": "a@contoso.com", "subject": "x", "text": "x", "attachments": [{"name": "a", "content": "%"}]}""", "attachments[0].content")]
    [InlineData("""{"to": "a@contoso.com", "subject": "x", "text": "x", "expiresAt": "2020-01-01T00:00:00Z"}""", "expiresAt")]
    [InlineData("""{"to": "a@contoso.com", "subject": "x", "text": "x", "notBefore": "2040-01-02T00:00:00Z", "expiresAt": "2040-01-01T00:00:00Z"}""", "expiresAt")]
    [InlineData("""{"to": "a@contoso.com", "subject": "x", "text": "x", "notBefore": "tomorrow"}""", "notBefore")]
    [InlineData("""{"to": "a@contoso.com", "subject": "x", "text": "x", "priority": "highest"}""", "priority")]
    [InlineData("""{"to": "a@contoso.com", "subject": "x", "text": "x", "colour": "red"}""", "colour")]
    [InlineData("""{"to": 7, "subject": "x", "text": "x"}""", "to")]
    public async Task What_is_wrong_is_told_at_its_field(string body, string field)
    {
        var answer = (await program.PostAsync(HandInProgram.Notifications, body)).AssertProblem(HttpStatusCode.BadRequest);

        Assert.Contains(field, answer.Names("errors"));
        Assert.DoesNotContain("evil", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_have_a_limit_and_streams_only_their_head_and_lines()
    {
        await using var small = await StartAsync(("HandIn:JsonBytes", "2000"));
        var large = One.Replace("Hello\"}", new string('x', 2000) + "\"}", StringComparison.Ordinal);

        (await small.PostAsync(HandInProgram.Notifications, large)).AssertProblem(HttpStatusCode.RequestEntityTooLarge);
        (await small.PostAsync(Mailings, large)).AssertProblem(HttpStatusCode.RequestEntityTooLarge);
        (await small.PostLinesAsync(null, large, LineStream.Person(1))).AssertProblem(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal(100, (await small.PostAsync(Mailings, new LineStream(LineStream.People(100))))["accepted"].GetInt32());
    }

    [Fact]
    public async Task A_database_that_cannot_be_written_is_told_with_503_and_nothing_is_acknowledged()
    {
        await using var full = await StartAsync();
        await using var db = full.Program.NewContext();
        await SecondConnection.BreakAsync(db, "INSERT ON \"Notifications\"");

        var one = (await full.PostAsync(HandInProgram.Notifications, One, key: "k")).AssertProblem(HttpStatusCode.ServiceUnavailable);
        (await full.PostLinesAsync("m", LineStream.Head, LineStream.Person(1))).AssertProblem(HttpStatusCode.ServiceUnavailable);

        Assert.NotNull(one.Response.Headers.RetryAfter);
        Assert.Contains("Nothing was queued", one["detail"].GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("disk is full'", one.Text, StringComparison.Ordinal);
        Assert.Equal(0, await full.CountAsync("SELECT COUNT(*) FROM \"HandInKeys\""));
        await SecondConnection.MendAsync(db);
        Assert.Equal(HttpStatusCode.Accepted, (await full.PostAsync(HandInProgram.Notifications, One, key: "k")).Status);
    }

    [Fact]
    public async Task The_OpenAPI_document_tells_of_the_calls_and_their_key()
    {
        using var api = program.Program.NewApiClient();
        using var document = System.Text.Json.JsonDocument.Parse(await api.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));

        foreach (var path in new[] { HandInProgram.Notifications, Mailings })
        {
            var call = document.RootElement.GetProperty("paths").GetProperty(path).GetProperty("post");
            Assert.Contains(call.GetProperty("parameters").EnumerateArray(), p => p.GetProperty("name").GetString() == "Idempotency-Key");
            Assert.True(call.GetProperty("responses").TryGetProperty("202", out _));
        }
    }
}
