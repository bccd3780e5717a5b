using MailKit.Net.Smtp;
using MailKit.Security;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>How to sign in. Makes a new mechanism object for each sign-in: MailKit's cannot be used twice.</summary>
public abstract record SmtpCredentials
{
    private SmtpCredentials()
    {
    }

    /// <summary>The mechanism a server must offer, in the words of its EHLO; null when any for a password will do.</summary>
    public abstract string? Mechanism { get; }

    internal abstract Task SignInAsync(SmtpClient client, CancellationToken ct);

    /// <param name="Mailbox">The address of XOAUTH2's <c>user=</c>: the mailbox itself, not an alias.</param>
    public sealed record Token(string Mailbox, SecretText Value) : SmtpCredentials
    {
        public override string? Mechanism => "XOAUTH2";

        internal override Task SignInAsync(SmtpClient client, CancellationToken ct) =>
            client.AuthenticateAsync(new SaslMechanismOAuth2(Mailbox, Value.Reveal()), ct);
    }

    public sealed record Password(string UserName, SecretText Value) : SmtpCredentials
    {
        public override string? Mechanism => null;

        internal override Task SignInAsync(SmtpClient client, CancellationToken ct) =>
            client.AuthenticateAsync(UserName, Value.Reveal(), ct);
    }
}
