using System.Globalization;
using System.Net;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Network;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Checks;

/// <summary>The steps along the way to a mail server: Name lookup, Connection, Encryption, Sign-in offered, Sign-in, Sender.</summary>
internal sealed class SmtpLane(CheckBoard board, SmtpDialogue dialogue, SmtpEndpoint endpoint, TimeSpan timeout)
{
    // A connection that takes longer is blocked; the rest of a long Timeout would only keep the administrator waiting.
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(30);

    public SmtpEndpoint Server => endpoint;

    public string Banner => dialogue.Banner;

    public CertificateVerdict? Certificate => dialogue.Certificate;

    private TimeSpan ConnectTimeout => timeout < ConnectLimit ? timeout : ConnectLimit;

    /// <returns>True when the server is ready for the sign-in.</returns>
    public async Task<bool> ApproachAsync(string? mechanism, bool signsIn)
    {
        if (await LookUpAsync() is { } addresses && await ConnectAsync(addresses) && await SecureAsync() && await OfferedAsync(mechanism, signsIn))
        {
            return true;
        }

        SkipWaiting(CheckWords.NotReached());
        return false;
    }

    public async Task<bool> SignInAsync(SmtpCredentials credentials, string passed) =>
        await board.RunAsync(StepName.SignIn, timeout, TimedOut, async ct =>
        {
            await dialogue.SignInAsync(credentials, ct);
            return new StepResult<SmtpDialogue>(dialogue, passed);
        }) is not null;

    public async Task<bool> SenderAsync(string from)
    {
        var accepted = await board.RunAsync(StepName.Sender, timeout, TimedOut, async ct =>
        {
            await dialogue.ProbeSenderAsync(from, ct);
            return new StepResult<SmtpDialogue>(dialogue, CheckWords.SenderAccepted(from));
        });
        return accepted is not null;
    }

    public void SkipWaiting(string why)
    {
        foreach (var name in new[] { StepName.NameLookup, StepName.Connection, StepName.Encryption, StepName.SignInOffered, StepName.SignIn, StepName.Sender })
        {
            if (board[name].State == StepState.Waiting)
            {
                board.Skip(name, why);
            }
        }
    }

    private Task<IPAddress[]?> LookUpAsync() => board.RunAsync(StepName.NameLookup, ConnectTimeout, () => SmtpFindings.NameNotFound(endpoint), async ct =>
    {
        var addresses = await dialogue.ResolveAsync(ct);
        return new StepResult<IPAddress[]>(addresses, IPAddress.TryParse(endpoint.Host, out _)
            ? CheckWords.HostIsAddress(endpoint.Host)
            : CheckWords.HostFound(endpoint.Host, addresses[0].ToString(), addresses.Length - 1))
        {
            Evidence = IPAddress.TryParse(endpoint.Host, out _) ? null : AddressOrder.Describe(addresses),
        };
    });

    private async Task<bool> ConnectAsync(IPAddress[] addresses) =>
        await board.RunAsync(StepName.Connection, ConnectTimeout, () => SmtpFindings.ConnectionTimedOut(endpoint), async ct =>
            new StepResult<IPEndPoint>(await dialogue.ConnectAsync(addresses, ct), CheckWords.Connected($"{endpoint}"))
            {
                Evidence = dialogue.ConnectEvidence,
            }) is not null;

    private async Task<bool> SecureAsync() => await board.RunAsync(StepName.Encryption, timeout, TimedOut, async ct =>
    {
        await dialogue.SecureAsync(ct);
        return new StepResult<SmtpDialogue>(dialogue, Secured()) { Warnings = Doubts(), Evidence = dialogue.Certificate?.Description };
    }) is not null;

    private async Task<bool> OfferedAsync(string? mechanism, bool signsIn)
    {
        if (!signsIn)
        {
            board.Skip(StepName.SignInOffered, CheckWords.WithoutCredentials());
            board.Skip(StepName.SignIn, CheckWords.WithoutCredentials());
            return true;
        }

        return await board.RunAsync(StepName.SignInOffered, timeout, TimedOut, _ =>
        {
            var offered = string.Join(" ", dialogue.Mechanisms.Order(StringComparer.Ordinal));
            if (mechanism is not null && !dialogue.Mechanisms.Contains(mechanism))
            {
                throw new TransportUnavailableException(SmtpFindings.XOAuth2NotOffered(endpoint), offered.Length == 0 ? "no AUTH in the server's capabilities" : $"AUTH {offered}");
            }

            return offered.Length == 0
                ? throw new TransportUnavailableException(SmtpFindings.SignInNotOffered(endpoint), "no AUTH in the server's capabilities")
                : Task.FromResult(new StepResult<SmtpDialogue>(dialogue, CheckWords.Offered(offered)));
        }) is not null;
    }

    private string Secured() => dialogue switch
    {
        { Encrypted: false } => CheckWords.NotEncrypted(),
        { Certificate.ValidUntil: { } until } => CheckWords.EncryptedUntil(dialogue.Protocol, until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        _ => CheckWords.Encrypted(dialogue.Protocol),
    };

    private IReadOnlyList<Finding> Doubts()
    {
        if (!dialogue.Encrypted)
        {
            return [SmtpFindings.NotEncrypted(endpoint)];
        }

        return dialogue.Certificate is { } verdict && TlsFindings.For(verdict, endpoint.Host, endpoint.Field) is { } doubt ? [doubt.AsWarning()] : [];
    }

    private Finding TimedOut() => SmtpFindings.Late(endpoint, timeout);
}
