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

        internal override async Task SignInAsync(SmtpClient client, CancellationToken ct)
        {
            var token = new LongToken(Mailbox, Value.Reveal());
            try
            {
                await client.AuthenticateAsync(token, ct);
            }
            catch (AuthenticationException ex) when (!token.Asked && SmtpReply.Read(ex.Message).Permanent)
            {
                // The server did not want to ask for the token, so nothing was refused yet: it gets all in one line.
                // MailKit gives the code in its message only.
                await client.AuthenticateAsync(new SaslMechanismOAuth2(Mailbox, Value.Reveal()), ct);
            }
        }
    }

    /// <summary>
    /// Waits for the server to ask, as RFC 4954 wants where the command would exceed 512 bytes, and a token always does: Dovecot
    /// refuses such a line, others cut it. An answer to the server's question may be long.
    /// </summary>
    private sealed class LongToken(string mailbox, string token) : SaslMechanismOAuth2(mailbox, token)
    {
        public bool Asked { get; private set; }

        public override bool SupportsInitialResponse => false;

        protected override byte[]? Challenge(byte[]? token, int startIndex, int length, CancellationToken cancellationToken)
        {
            Asked = true;
            return base.Challenge(token, startIndex, length, cancellationToken);
        }
    }

    public sealed record Password(string UserName, SecretText Value) : SmtpCredentials
    {
        public override string? Mechanism => null;

        // One mechanism, one try: MailKit's own choice tries all that are offered, and a wrong password would count against the
        // account several times. Inside TLS the plain ones are as good as any.
        internal override Task SignInAsync(SmtpClient client, CancellationToken ct)
        {
            // Those bind the sign-in to the encrypted connection, which MailKit does not see: it would be refused once for nothing.
            client.AuthenticationMechanisms.RemoveWhere(m => m.EndsWith("-PLUS", StringComparison.Ordinal));
            return SignInAsOfferedAsync(client, ct);
        }

        private Task SignInAsOfferedAsync(SmtpClient client, CancellationToken ct) => client.AuthenticationMechanisms switch
        {
            var offered when offered.Contains("PLAIN") => client.AuthenticateAsync(new SaslMechanismPlain(UserName, Value.Reveal()), ct),
            var offered when offered.Contains("LOGIN") => client.AuthenticateAsync(new SaslMechanismLogin(UserName, Value.Reveal()), ct),
            _ => client.AuthenticateAsync(UserName, Value.Reveal(), ct),
        };
    }
}
