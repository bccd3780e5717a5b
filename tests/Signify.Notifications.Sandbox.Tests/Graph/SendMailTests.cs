using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MimeKit;
using Signify.Notifications.Sandbox.Mail;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Tests.Graph;

public sealed class SendMailTests(RunningSandbox sandbox)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_in_JSON_is_accepted_and_arrives()
    {
        var subject = $"{Guid.NewGuid()}";

        using var answer = await SendAsync(ReadyMadeApps.Granted, ReadyMadeTenants.Sender, Json(subject));

        Assert.Equal((HttpStatusCode.Accepted, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct)));
        Assert.True(answer.Headers.Contains("request-id") && answer.Headers.Contains("client-request-id") && answer.Headers.Date is not null);
        var arrived = await sandbox.Host.Mail.WaitForAsync(m => m.Subject == subject, Ct);
        var mime = arrived.ToMime();
        Assert.Equal((MailRoute.Graph, "<p>Hello</p>", "7"), (arrived.Route, mime.HtmlBody, arrived.Header("x-notification")));
        Assert.Equal(["anna@example.com", "bob@example.com"], arrived.To);
        Assert.Equal("hello.txt", Assert.Single(mime.Attachments).ContentDisposition?.FileName);
    }

    [Fact]
    public async Task A_message_in_MIME_is_accepted_and_arrives()
    {
        var message = Messages.New($"{Guid.NewGuid()}");

        using var answer = await SendAsync(ReadyMadeApps.Granted, ReadyMadeTenants.Sender, Mime(message));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var arrived = await sandbox.Host.Mail.WaitForAsync(m => m.Subject == message.Subject, Ct);
        Assert.Equal($"<{message.MessageId}>", arrived.MessageId);
    }

    [Fact]
    public async Task The_clients_request_id_comes_back()
    {
        var id = $"{Guid.NewGuid()}";
        using var request = Request(ReadyMadeTenants.Sender, Json("id"));
        request.Headers.Add("client-request-id", id);

        using var answer = await sandbox.Http.SendAsync(request, Ct);

        Assert.Equal(id, Assert.Single(answer.Headers.GetValues("client-request-id")));
    }

    [Fact]
    public async Task Without_a_token_nothing_goes() => await RefusedAsync(
        await sandbox.Http.SendAsync(Request(ReadyMadeTenants.Sender, Json("x")), Ct), HttpStatusCode.Unauthorized, "InvalidAuthenticationToken");

    [Fact]
    public async Task A_token_for_Exchange_is_of_no_use()
    {
        var token = await sandbox.TokenAsync(ReadyMadeApps.Granted, RunningSandbox.ExchangeScope, Ct);

        await RefusedAsync(await SendAsync(token, ReadyMadeTenants.Sender, Json("x")), HttpStatusCode.Unauthorized, "InvalidAuthenticationToken");
    }

    [Fact]
    public async Task Without_the_permission_access_is_denied() => await RefusedAsync(
        await SendAsync(ReadyMadeApps.NoConsent, ReadyMadeTenants.Sender, Json("x")), HttpStatusCode.Forbidden, "ErrorAccessDenied");

    [Fact]
    public async Task An_unknown_mailbox_is_not_found() => await RefusedAsync(
        await SendAsync(ReadyMadeApps.GraphOnly, "nobody@contoso.com", Json("x")), HttpStatusCode.NotFound, "ErrorInvalidUser");

    [Fact]
    public async Task A_user_without_licence_has_no_mailbox() => await RefusedAsync(
        await SendAsync(ReadyMadeApps.GraphOnly, ReadyMadeTenants.Unlicensed, Json("x")), HttpStatusCode.NotFound, "MailboxNotEnabledForRESTAPI");

    [Fact]
    public async Task A_message_to_no_one_is_refused() => await RefusedAsync(
        await SendAsync(ReadyMadeApps.GraphOnly, ReadyMadeTenants.Sender, JsonContent.Create(new { message = new { subject = "x" } })),
        HttpStatusCode.BadRequest,
        "ErrorInvalidRecipients");

    [Theory]
    [InlineData("{\"message\":{\"toRecipients\":null,\"attachments\":[null]}}")]
    [InlineData("{\"message\":{\"toRecipients\":[null]}}")]
    [InlineData("{\"message\":{\"toRecipients\":[{\"emailAddress\":{\"address\":\"nobody\"}}]}}")]
    [InlineData("{\"message\":{\"internetMessageHeaders\":[{\"name\":\"Subject\"}],\"internetMessageId\":\"<a b>\"}}")]
    public async Task A_message_with_holes_is_refused(string body) => await RefusedAsync(
        await SendAsync(ReadyMadeApps.GraphOnly, ReadyMadeTenants.Sender, new StringContent(body, Encoding.UTF8, "application/json")),
        HttpStatusCode.BadRequest,
        "ErrorInvalidRecipients");

    [Fact]
    public async Task MIME_that_is_not_base64_is_refused() => await RefusedAsync(
        await SendAsync(ReadyMadeApps.GraphOnly, ReadyMadeTenants.Sender, new StringContent("%%%", Encoding.ASCII, "text/plain")),
        HttpStatusCode.BadRequest,
        "ErrorMimeContentInvalidBase64String");

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"message\":null}")]
    [InlineData("{\"message\":{\"toRecipients\":7}}")]
    public async Task JSON_that_is_no_message_is_refused(string body) => await RefusedAsync(
        await SendAsync(ReadyMadeApps.GraphOnly, ReadyMadeTenants.Sender, new StringContent(body, Encoding.UTF8, "application/json")),
        HttpStatusCode.BadRequest,
        "RequestBodyRead");

    [Fact]
    public async Task More_than_4_MB_is_too_large() => await RefusedAsync(
        await SendAsync(ReadyMadeApps.GraphOnly, ReadyMadeTenants.Sender, new StringContent(new string('A', (4 * 1024 * 1024) + 1), Encoding.ASCII, "text/plain")),
        HttpStatusCode.RequestEntityTooLarge,
        "RequestEntityTooLarge");

    [Fact]
    public async Task From_someone_else_is_denied() => await RefusedAsync(
        await SendAsync(ReadyMadeApps.GraphOnly, ReadyMadeTenants.Sender, Mime(Messages.New("x", "hr@contoso.com"))),
        HttpStatusCode.Forbidden,
        "ErrorSendAsDenied");

    private static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        using (answer)
        {
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
            Assert.Equal((status, code), (answer.StatusCode, body.GetProperty("error").GetProperty("code").GetString()));
            Assert.Equal(
                Assert.Single(answer.Headers.GetValues("request-id")),
                body.GetProperty("error").GetProperty("innerError").GetProperty("request-id").GetString());
        }
    }

    private static HttpRequestMessage Request(string mailbox, HttpContent body) => new(HttpMethod.Post, $"/v1.0/users/{mailbox}/sendMail") { Content = body };

    private static JsonContent Json(string subject) => JsonContent.Create(new
    {
        message = new
        {
            subject,
            body = new { contentType = "HTML", content = "<p>Hello</p>" },
            toRecipients = new[] { new { emailAddress = new { address = "anna@example.com" } } },
            bccRecipients = new[] { new { emailAddress = new { address = "bob@example.com" } } },
            internetMessageHeaders = new[] { new { name = "x-notification", value = "7" } },
            attachments = new[] { new { name = "hello.txt", contentType = "text/plain", contentBytes = "aGVsbG8=" } },
        },
        saveToSentItems = false,
    });

    private static StringContent Mime(MimeMessage message)
    {
        using var bytes = new MemoryStream();
        message.WriteTo(bytes, Ct);
        return new StringContent(Convert.ToBase64String(bytes.ToArray()), Encoding.ASCII, "text/plain");
    }

    private async Task<HttpResponseMessage> SendAsync(SandboxApp app, string mailbox, HttpContent body) =>
        await SendAsync(await sandbox.TokenAsync(app, RunningSandbox.GraphScope, Ct), mailbox, body);

    private async Task<HttpResponseMessage> SendAsync(string token, string mailbox, HttpContent body)
    {
        using var request = Request(mailbox, body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await sandbox.Http.SendAsync(request, Ct);
    }
}
