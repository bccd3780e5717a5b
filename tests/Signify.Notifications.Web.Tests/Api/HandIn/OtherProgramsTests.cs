using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;
using static Signify.Notifications.Web.Tests.Api.HandIn.HandInProgram;

namespace Signify.Notifications.Web.Tests.Api.HandIn;

/// <summary>What programs in other languages write: accepted where a standard allows it, otherwise named at its field.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class OtherProgramsTests(HandInProgram program) : IClassFixture<HandInProgram>
{
    private const string One = """{"to": "anna@contoso.com", "subject": "Hello", "text": "Hello"}""";

    [Fact]
    public async Task A_byte_order_mark_before_JSON_is_passed_over()
    {
        var list = """{"name": "n", "subject": "s", "text": "t", "recipients": [{"to": "anna@contoso.com"}]}""";

        Assert.Equal(HttpStatusCode.Accepted, (await WithMarkAsync(HttpMethod.Post, HandInProgram.Notifications, One)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await WithMarkAsync(HttpMethod.Post, Mailings, list)).StatusCode);
        using var settings = await WithMarkAsync(HttpMethod.Put, "/api/v1/settings", """{"portt": 587}""");
        Assert.Contains("portt", await settings.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_before_any_line_of_a_stream_is_passed_over()
    {
        var lines = "\uFEFF{\"name\": \"n\", \"subject\": \"s\", \"text\": \"t\"}\n"
            + "\uFEFF{\"to\": \"anna@contoso.com\"}\n{\"to\": \"bert@contoso.com\"}";

        var answer = await program.PostAsync(Mailings, lines, type: "application/x-ndjson");

        Assert.Equal((HttpStatusCode.Accepted, 2, 0), (answer.Status, answer["accepted"].GetInt32(), answer["rejectedTotal"].GetInt32()));
    }

    [Theory]
    [InlineData("2040-01-31T08:00:00Z")]
    [InlineData("2040-01-31t08:00:00z")]
    [InlineData("2040-01-31 08:00:00Z")]
    [InlineData("2040-01-31T08:00Z")]
    [InlineData("2040-01-31T09:00:00+01:00")]
    [InlineData("2040-01-31T09:00:00+0100")]
    [InlineData("2040-01-31T09:00:00+01")]
    [InlineData("2040-01-31T03:00:00-05")]
    [InlineData("2040-01-31T13:30:00.000+05:30")]
    [InlineData("2040-01-31T08:00:00.0000000Z")]
    [InlineData("2040-01-31T08:00:00,000000000Z")]
    [InlineData("2040-01-31T03:00:00\u221205:00")]
    [InlineData("2040-01-31T08:00:00-00:00")]
    [InlineData("20400131T080000Z")]
    [InlineData("20400131T0900+0100")]
    public async Task A_time_in_a_standard_form_is_accepted(string time)
    {
        var answer = await PostAtAsync(time);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        var id = answer["id"].GetString()!;
        using var api = program.Program.NewApiClient();
        var stored = await api.GetStringAsync($"{HandInProgram.Notifications}/{id}", TestContext.Current.CancellationToken);
        Assert.Contains("2040-01-31T08:00:00", stored, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2040-01-31T08:00:00")]
    [InlineData("2040-01-31")]
    [InlineData("31.01.2040 08:00")]
    [InlineData("01/31/2040 08:00:00 AM")]
    [InlineData("2040-01-31T08:00:00+01:00[Europe/Berlin]")]
    [InlineData("2040-01-31T08:00:00 GMT")]
    [InlineData("2040-02-30T08:00:00Z")]
    [InlineData("2040-01-31T25:00:00Z")]
    [InlineData("2040-01-31T08:00:00+99:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("2040-0131T08:00:00Z")]
    [InlineData("Sat, 31 Jan 2040 08:00:00 GMT")]
    [InlineData("2211177600")]
    public async Task Another_time_is_refused_with_the_right_form(string time)
    {
        var answer = await PostAtAsync(time);

        answer.AssertProblem(HttpStatusCode.BadRequest);
        Assert.Contains("2030-01-31T08:00:00Z", answer["errors"].GetProperty("notBefore")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data:application/pdf;base64,JVBERi0=", "data URI")]
    [InlineData("data:text/plain,Hello", "data URI")]
    [InlineData("DATA:;BASE64,JVBERi0=", "data URI")]
    [InlineData("-_-_", "Base64url")]
    [InlineData("JVBERi0-_w", "Base64url")]
    [InlineData("JVBERi0", "padding")]
    [InlineData("JVBERi0xLg", "padding")]
    [InlineData("\\ud800", "half a character")]
    [InlineData("JVBE\\udc00", "half a character")]
    [InlineData("%PDF-1.7", "This is the file as Base64")]
    public async Task Content_that_is_no_Base64_is_named(string content, string named)
    {
        var body = One.Replace("}", $$""", "attachments": [{"name": "a.pdf", "content": "{{content}}"}]}""", StringComparison.Ordinal);

        var answer = await program.PostAsync(HandInProgram.Notifications, body);

        answer.AssertProblem(HttpStatusCode.BadRequest);
        Assert.Contains(named, answer["errors"].GetProperty("attachments[0].content")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("JVBERi0=")]
    [InlineData("JVBE\\r\\nRi0=\\r\\n")]
    [InlineData("")]
    public async Task Base64_may_have_line_breaks(string content)
    {
        var body = One.Replace("}", $$""", "attachments": [{"name": "a.pdf", "content": "{{content}}"}]}""", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Accepted, (await program.PostAsync(HandInProgram.Notifications, body)).Status);
    }

    [Theory]
    [InlineData("anna@contoso.com; bert@contoso.com", "more than one address")]
    [InlineData("anna\\u200b@contoso.com", "U+200B zero-width space")]
    [InlineData("ben@contoso", "must have a dot")]
    public async Task An_address_that_cannot_be_used_is_refused_at_its_field(string to, string named)
    {
        var answer = await program.PostAsync(HandInProgram.Notifications, $$"""{"to": "{{to}}", "cc": [], "subject": "s", "text": "t"}""");

        answer.AssertProblem(HttpStatusCode.BadRequest);
        Assert.Contains(named, answer["errors"].GetProperty("to")[0].GetString(), StringComparison.Ordinal);
    }

    private Task<ApiAnswer> PostAtAsync(string time) => program.PostAsync(
        HandInProgram.Notifications, One.Replace("}", $", \"notBefore\": \"{time}\"}}", StringComparison.Ordinal));

    private async Task<HttpResponseMessage> WithMarkAsync(HttpMethod method, string path, string body)
    {
        using var api = program.Program.NewApiClient();
        byte[] marked = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(body)];
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(marked) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await api.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
