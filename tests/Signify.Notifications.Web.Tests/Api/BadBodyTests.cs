using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>Bodies that no sound program sends: always problem details, never a fault of ours, never the secret said back.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class BadBodyTests(SandboxProgram sandbox) : IClassFixture<SandboxProgram>
{
    private const string Secret = "kX98Q~the-typed-secret-of-this-test-0aB";

    public static TheoryData<string> BrokenBodies =>
    [
        "", " ", "null", "[]", "7", "true", "\"text\"", $"\"{Secret}\"", $"{{\"clientSecret\":\"{Secret}\"", $"{{\"clientSecret\":\"{Secret}\",}}", "{}{}",
        new string('[', 5000) + new string(']', 5000), "{\"port\":" + new string('[', 100) + new string(']', 100) + "}", $"{Secret}", "clientSecret=" + Secret,
    ];

    [Theory]
    [MemberData(nameof(BrokenBodies))]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        AssertRefused(await sandbox.Program.SaveTextAsync(body));
    }

    [Theory]
    [InlineData("useOwnSmtpDetails", "\"true\"")]
    [InlineData("credentialsRequired", "1")]
    [InlineData("tokenBasedAuthentication", "null")]
    [InlineData("serverName", "7")]
    [InlineData("port", "true")]
    [InlineData("port", "[587]")]
    [InlineData("port", "{\"a\":{\"b\":[1,2,{\"c\":null}]}}")]
    [InlineData("timeoutSeconds", "{}")]
    [InlineData("batchSize", "30")]
    [InlineData("fromEmail", "[\"hr@contoso.com\"]")]
    [InlineData("clientSecret", "[\"" + Secret + "\"]")]
    [InlineData("clientSecret", "{\"value\":\"" + Secret + "\"}")]
    [InlineData("secretExpiresOn", "20281112")]
    [InlineData("route", "false")]
    public async Task A_wrong_type_is_told_at_its_field(string field, string value)
    {
        var answer = await sandbox.Program.SaveTextAsync($$"""{"{{field}}": {{value}}, "serverName" : "x", "tenantId":"{{Secret}}"}""".Replace(field == "serverName" ? ", \"serverName\" : \"x\"" : "\0", "", StringComparison.Ordinal));

        AssertRefused(answer);
        Assert.Equal([field], answer.Names("errors"));
        Assert.Empty(answer["findings"].EnumerateArray());
    }

    [Fact]
    public async Task An_unknown_field_is_told_rather_than_ignored()
    {
        var answer = await sandbox.Program.SaveTextAsync("""{"clientSecrets":"x"}""");

        AssertRefused(answer);
        Assert.Equal(["clientSecrets"], answer.Names("errors"));
    }

    [Theory]
    [InlineData("""{"clientSecret":"one","clientSecret":"two"}""", "clientSecret")]
    [InlineData("""{"port":587,"Port":25}""", "port")]
    public async Task A_field_given_twice_is_refused_as_nobody_knows_which_was_meant(string body, string field)
    {
        var answer = await sandbox.Program.SaveTextAsync(body);

        AssertRefused(answer);
        Assert.Equal([field], answer.Names("errors"));
    }

    [Theory]
    [InlineData("""{"serverName":"\ud800"}""")]
    [InlineData("""{"clientSecret":"\udc00x"}""")]
    [InlineData("""{"\ud800":"x"}""")]
    [InlineData("""{"port":"\ud800"}""")]
    public async Task Half_a_character_is_refused(string body)
    {
        AssertRefused(await sandbox.Program.SaveTextAsync(body));
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_refused()
    {
        byte[] body = [.. "{\"serverName\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        AssertRefused(await PutAsync(body, "application/json"));
    }

    [Theory]
    [InlineData("serverName")]
    [InlineData("clientSecret")]
    [InlineData("unheardOf")]
    public async Task A_body_of_a_megabyte_is_refused_as_too_large(string field)
    {
        var answer = await sandbox.Program.SaveTextAsync($$"""{"{{field}}":"{{new string('x', 1 << 20)}}"}""");

        answer.AssertProblem(HttpStatusCode.RequestEntityTooLarge);
        Assert.True(answer.Text.Length < 2000, "The answer to a large body is not large.");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public async Task Another_content_type_is_refused(string contentType)
    {
        var answer = await sandbox.Program.SaveTextAsync($$"""{"clientSecret":"{{Secret}}"}""", contentType);

        answer.AssertProblem(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"to":5}""")]
    [InlineData("""{"to":["anna@contoso.com"]}""")]
    [InlineData("""{"to":"\ud800"}""")]
    public async Task A_test_message_with_a_broken_body_is_refused(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var answer = await sandbox.Program.CallAsync(HttpMethod.Post, ApiCalls.Settings + "/test-message", content);

        answer.AssertProblem(HttpStatusCode.BadRequest);
        AssertNoFaultOfOurs();
    }

    private async Task<ApiAnswer> PutAsync(byte[] body, string contentType)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(contentType);
        return await sandbox.Program.CallAsync(HttpMethod.Put, ApiCalls.Settings, content);
    }

    private void AssertRefused(ApiAnswer answer)
    {
        answer.AssertProblem(HttpStatusCode.BadRequest);
        Assert.DoesNotContain(Secret, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, sandbox.Program.Log.Text, StringComparison.Ordinal);
        AssertNoFaultOfOurs();
    }

    private void AssertNoFaultOfOurs() => Assert.DoesNotContain(sandbox.Program.Log.Lines, l => l.StartsWith(nameof(LogLevel.Error), StringComparison.Ordinal));
}
