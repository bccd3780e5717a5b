using System.Security.Authentication;
using Signify.Notifications.Findings;
using Signify.Notifications.Network;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests.Transports.Smtp;

public sealed class SmtpDialogueTests
{
    private static readonly SmtpCredentials.Password Password = new("hr", new SecretText("correct horse"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_travels_encrypted_and_the_receipt_comes_back()
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange);

        var receipt = await walk.AllTheWayAsync();

        Assert.Contains("<receipt-1@test>", receipt, StringComparison.Ordinal);
        Assert.Contains("the-content-of-the-message", Assert.Single(walk.Server.Messages), StringComparison.Ordinal);
        Assert.All(walk.Server.Lines.Skip(2), line => Assert.True(line.Encrypted, line.Text));
    }

    [Fact]
    public async Task The_sign_in_carries_the_mailbox_and_the_token_after_tls_only()
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange);

        await walk.AllTheWayAsync();

        Assert.Equal(new SmtpLogin("XOAUTH2", "hr@contoso.com", SmtpWalk.Token, Encrypted: true), Assert.Single(walk.Server.Logins));
        // RFC 4954: a command line ends at 512 bytes, and a token is longer. It waits to be asked for.
        Assert.Contains(walk.Server.Lines, line => line.Text == "AUTH XOAUTH2");
    }

    [Fact]
    public async Task The_transcript_shows_the_dialogue_without_token_and_content()
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange);

        await walk.AllTheWayAsync();

        var transcript = walk.Dialogue.Transcript;
        Assert.Contains("C: AUTH XOAUTH2\nS: 334\nC: ***\n", transcript, StringComparison.Ordinal);
        Assert.Single(transcript.Split('\n'), l => l.StartsWith("S: 220", StringComparison.Ordinal) && l.Contains("ESMTP", StringComparison.Ordinal));
        Assert.DoesNotContain("Encrypted", transcript, StringComparison.Ordinal);
        Assert.Contains("S: 235 2.7.0 Authentication successful", transcript, StringComparison.Ordinal);
        Assert.DoesNotContain(SmtpWalk.Token[..12], transcript, StringComparison.Ordinal);
        Assert.DoesNotContain("the-content-of-the-message", transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_challenge_after_the_token_is_answered_with_an_empty_line()
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange.Answer(SmtpMoment.Auth, "535 5.7.8 Not accepted") with { AuthChallenge = "eyJzdGF0dXMiOiI0MDEifQ==" });

        Assert.Equal(["sign-in-refused/fromEmail"], (await walk.FailsAsync()).Findings.Marks());
    }

    [Theory]
    [InlineData(nameof(TestCertificates.SelfSigned), "tls-untrusted/cloud")]
    [InlineData(nameof(TestCertificates.Expired), "tls-expired/cloud")]
    [InlineData(nameof(TestCertificates.WrongName), "tls-wrong-name/cloud")]
    public async Task A_bad_certificate_ends_the_dialogue_before_the_token(string certificate, string finding)
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange with { Certificate = Named.Certificate(certificate) });

        Assert.Equal([finding], (await walk.FailsAsync()).Findings.Marks());
        // Nor is it said good-bye to: there is nothing left to say it on.
        await walk.Dialogue.QuitAsync(Ct);
        Assert.Empty(walk.Server.Logins);
        Assert.Equal(["EHLO", "STARTTLS"], walk.Server.Verbs);
    }

    [Fact]
    public async Task Without_starttls_neither_token_nor_password_leaves()
    {
        var script = SmtpScript.Exchange.Answer(SmtpMoment.Ehlo, SmtpScript.Hello("AUTH LOGIN PLAIN XOAUTH2"));
        await using var withToken = new SmtpWalk(script);
        await using var withPassword = new SmtpWalk(script, field: SettingsField.ServerName) { Credentials = Password };

        Assert.Equal(["starttls-missing/cloud"], (await withToken.FailsAsync()).Findings.Marks());
        Assert.Equal(["starttls-missing/serverName"], (await withPassword.FailsAsync()).Findings.Marks());
        Assert.DoesNotContain("AUTH", withToken.Server.Verbs.Concat(withPassword.Server.Verbs));
    }

    [Fact]
    public async Task A_server_that_answers_starttls_in_clear_gets_no_token()
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange.Answer(SmtpMoment.Handshake, "250 I speak no TLS at all, whatever I offered"));

        var finding = Assert.Single((await walk.FailsAsync()).Findings);

        Assert.Equal(FindingCode.TlsFailed, finding.Code);
        Assert.Empty(walk.Server.Logins);
    }

    [Fact]
    public async Task Replies_sent_ahead_of_tls_are_not_taken_for_replies_after_it()
    {
        // The classic injection: what a stranger adds in clear behind the 220 must not count once the connection is encrypted.
        await using var walk = new SmtpWalk(SmtpScript.Exchange
            .Answer(SmtpMoment.StartTls, "220 2.0.0 ready\r\n250 injected AUTH LOGIN"));

        await walk.AllTheWayAsync();

        Assert.Contains("XOAUTH2", walk.Dialogue.Mechanisms);
    }

    [Theory]
    [InlineData("AUTH PLAIN", "PLAIN")]
    [InlineData("AUTH LOGIN", "LOGIN")]
    public async Task A_password_signs_in_over_tls(string offered, string mechanism)
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange.Answer(SmtpMoment.EhloTls, SmtpScript.Hello(offered)), field: SettingsField.ServerName) { Credentials = Password };

        await walk.AllTheWayAsync();

        Assert.Equal(new SmtpLogin(mechanism, "hr", "correct horse", Encrypted: true), Assert.Single(walk.Server.Logins));
        Assert.DoesNotContain("correct horse", walk.Dialogue.Transcript, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("correct horse"u8), walk.Dialogue.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_without_a_mechanism_for_it_is_told()
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange.Answer(SmtpMoment.EhloTls, SmtpScript.Hello()), field: SettingsField.ServerName) { Credentials = Password };

        Assert.Equal(["sign-in-not-offered/credentialsRequired"], (await walk.FailsAsync()).Findings.Marks());
    }

    [Fact]
    public async Task Tls_from_the_first_byte_works_where_it_is_asked_for()
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange with { ImplicitTls = true }, SmtpEncryption.Implicit);

        await walk.AllTheWayAsync();

        Assert.All(walk.Server.Lines, line => Assert.True(line.Encrypted));
    }

    [Fact]
    public async Task Tls_from_the_first_byte_at_a_server_without_it_is_told()
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange, SmtpEncryption.Implicit);

        Assert.Equal(["tls-failed/port"], (await walk.FailsAsync()).Findings.Marks());
    }

    [Fact]
    public async Task A_server_with_outdated_tls_only_is_told()
    {
#pragma warning disable SYSLIB0039, CA5397 // The outdated server is what is tested.
        await using var walk = new SmtpWalk(SmtpScript.Exchange with { Protocols = SslProtocols.Tls11 });
#pragma warning restore SYSLIB0039, CA5397

        var code = Assert.Single((await walk.FailsAsync()).Findings).Code;

        Assert.Contains(code, (FindingCode[])[FindingCode.TlsTooOld, FindingCode.TlsFailed]);
        Assert.Empty(walk.Server.Logins);
    }

    [Theory]
    [InlineData(SmtpMoment.Greeting, "link-lost")]
    [InlineData(SmtpMoment.Ehlo, "link-lost")]
    [InlineData(SmtpMoment.StartTls, "link-lost")]
    [InlineData(SmtpMoment.Handshake, "tls-failed")]
    [InlineData(SmtpMoment.EhloTls, "link-lost")]
    [InlineData(SmtpMoment.Auth, "link-lost")]
    [InlineData(SmtpMoment.Mail, "link-lost")]
    [InlineData(SmtpMoment.Rcpt, "link-lost")]
    [InlineData(SmtpMoment.Data, "link-lost")]
    [InlineData(SmtpMoment.Content, "link-lost")]
    public async Task A_connection_that_breaks_is_told_wherever_it_breaks(SmtpMoment moment, string code)
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange.At(moment, SmtpBehaviour.Drop));

        Assert.Equal([code], (await walk.FailsAsync()).Findings.Select(f => f.Code.ToCode()));
    }

    [Fact]
    public async Task A_server_that_hangs_up_after_the_last_word_does_no_harm()
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange.At(SmtpMoment.Quit, SmtpBehaviour.Drop));

        Assert.Contains("receipt-1", await walk.AllTheWayAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpMoment.Greeting)]
    [InlineData(SmtpMoment.EhloTls)]
    [InlineData(SmtpMoment.Auth)]
    [InlineData(SmtpMoment.Mail)]
    [InlineData(SmtpMoment.Content)]
    public async Task A_line_without_end_is_not_read_for_ever(SmtpMoment moment)
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange.At(moment, SmtpBehaviour.EndlessLine));

        var failed = await walk.FailsAsync();

        Assert.Contains(failed.Findings[0].Code, (FindingCode[])[FindingCode.LinkLost, FindingCode.NotMailServer]);
        Assert.True((failed.Evidence?.Length ?? 0) < 100_000);
    }

    [Fact]
    public async Task Replies_that_come_byte_by_byte_are_read_all_the_same()
    {
        var script = Enum.GetValues<SmtpMoment>().Where(m => m != SmtpMoment.InContent)
            .Aggregate(SmtpScript.Exchange, (s, moment) => s.At(moment, SmtpBehaviour.ByteByByte));
        await using var walk = new SmtpWalk(script);

        Assert.Contains("receipt-1", await walk.AllTheWayAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpMoment.Greeting)]
    [InlineData(SmtpMoment.StartTls)]
    [InlineData(SmtpMoment.Handshake)]
    [InlineData(SmtpMoment.Auth)]
    [InlineData(SmtpMoment.Mail)]
    public async Task A_silent_server_is_left_when_the_caller_has_waited_enough(SmtpMoment moment)
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange.At(moment, SmtpBehaviour.Stall));
        using var enough = new CancellationTokenSource();
        var walking = WalkAsync(walk, enough.Token);

        await walk.Server.Reached(moment).WaitAsync(Ct);
        await enough.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => walking.WaitAsync(Ct));
    }

    [Fact]
    public async Task Nobody_listening_is_a_refused_connection()
    {
        await using var dialogue = new SmtpDialogue(
            new SmtpEndpoint("127.0.0.1", LoopbackListener.RefusedPort(), SmtpEncryption.Required, SettingsField.Cloud),
            new(null, true), TimeSpan.FromSeconds(5), new StaggeredConnector(TimeProvider.System), LocalRelays.Allowed);

        var failed = await Assert.ThrowsAsync<TransportUnavailableException>(async () => await dialogue.ConnectAsync(await dialogue.ResolveAsync(Ct), Ct));

        Assert.Equal(["connection-refused/port"], failed.Findings.Marks());
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_not_found()
    {
        await using var dialogue = new SmtpDialogue(
            new SmtpEndpoint("no-such-host.invalid", 587, SmtpEncryption.Required, SettingsField.ServerName), new(null, true),
            TimeSpan.FromSeconds(5), new StaggeredConnector(TimeProvider.System), LocalRelays.Allowed);

        var failed = await Assert.ThrowsAsync<TransportUnavailableException>(() => dialogue.ResolveAsync(Ct));

        Assert.Equal(["name-not-found/serverName"], failed.Findings.Marks());
    }

    [Fact]
    public async Task Where_encryption_is_not_insisted_on_a_doubtful_certificate_is_better_than_none()
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange with { Certificate = TestCertificates.SelfSigned }, SmtpEncryption.WhereOffered) { Credentials = null };

        await walk.AllTheWayAsync();

        Assert.True(walk.Server.Lines[^1].Encrypted);
        Assert.NotNull(walk.Dialogue.Certificate);
    }

    private static async Task WalkAsync(SmtpWalk walk, CancellationToken ct)
    {
        await walk.Dialogue.ConnectAsync(await walk.Dialogue.ResolveAsync(ct), ct);
        await walk.Dialogue.SecureAsync(ct);
        await walk.Dialogue.SignInAsync(walk.Credentials!, ct);
        await walk.Dialogue.ProbeSenderAsync("hr@contoso.com", ct);
    }
}
