using MimeKit;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Network;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests.Transports.Smtp;

/// <summary>Walks a dialogue through all its stages, up to a message that is sent.</summary>
internal sealed class SmtpWalk : IAsyncDisposable
{
    public const string Token = "EwBAAl3BAAUFFpUAo7J3Ve0bjLBWZWCclRC3EoAA";

    private readonly string _folder = Directory.CreateTempSubdirectory("signify-test-").FullName;

    public SmtpWalk(SmtpScript script, SmtpEncryption encryption = SmtpEncryption.Required, string field = SettingsField.Cloud, TimeSpan? timeout = null)
    {
        Server = new ScriptedSmtpServer(script);
        Dialogue = new SmtpDialogue(
            new SmtpEndpoint("127.0.0.1", Server.Port, encryption, field),
            new ServerTrust(TestCertificates.WriteRoot(_folder), checkRevocation: true), timeout ?? TimeSpan.FromSeconds(20),
            new StaggeredConnector(TimeProvider.System), LocalRelays.Allowed);
    }

    public ScriptedSmtpServer Server { get; }

    public SmtpDialogue Dialogue { get; }

    public SmtpCredentials? Credentials { get; init; } = new SmtpCredentials.Token("hr@contoso.com", new SecretText(Token));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <returns>The receipt of a message.</returns>
    public async Task<string> AllTheWayAsync()
    {
        await Dialogue.ConnectAsync(await Dialogue.ResolveAsync(Ct), Ct);
        await Dialogue.SecureAsync(Ct);
        if (Credentials is not null)
        {
            await Dialogue.SignInAsync(Credentials, Ct);
        }

        await Dialogue.ProbeSenderAsync("hr@contoso.com", Ct);
        var receipt = await Dialogue.SendAsync(Message(), Ct);
        await Dialogue.QuitAsync(Ct);
        return receipt;
    }

    public Task<TransportUnavailableException> FailsAsync() => Assert.ThrowsAsync<TransportUnavailableException>(AllTheWayAsync);

    public async ValueTask DisposeAsync()
    {
        await Dialogue.DisposeAsync();
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static MimeMessage Message()
    {
        var message = new MimeMessage { Subject = "Hello", Body = new TextPart("plain") { Text = "the-content-of-the-message" } };
        message.From.Add(new MailboxAddress("HR", "hr@contoso.com"));
        message.To.Add(new MailboxAddress("Anna", "anna@contoso.com"));
        return message;
    }
}
