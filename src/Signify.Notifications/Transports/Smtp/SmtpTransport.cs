using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>Mail over SMTP: Microsoft 365 with a token, a server with a password, a relay without either, the shared relay.</summary>
public sealed class SmtpTransport(SmtpRoad road, KeptTokens tokens, TimeProvider time) : INotificationTransport
{
    private const int NotSignedIn = 535;

    public Route Route => Route.Smtp;

    public async Task<ITransportSession> OpenAsync(NotificationSettings settings, CancellationToken ct)
    {
        var words = new ServerWords(settings.Secrets());
        try
        {
            return settings.SignIn == SignIn.Token
                ? await WithTokenAsync(settings, words, ct)
                : await WalkAsync(settings, null, words, ct);
        }
        catch (TransportUnavailableException ex)
        {
            throw words.Clean(ex);
        }
    }

    private async Task<SmtpSession> WithTokenAsync(NotificationSettings settings, ServerWords words, CancellationToken ct)
    {
        var first = await tokens.GetAsync(settings, TokenResource.Exchange, ct);
        words.Forbid(first.Token.Value.Reveal());
        try
        {
            return await WalkAsync(settings, first.Token, words, ct);
        }
        catch (TransportUnavailableException ex) when (SmtpReply.Read(ex.Evidence ?? "") is { Code: NotSignedIn } or { SaysTokenExpired: true })
        {
            tokens.Forget(first);
            if (!first.WasKept)
            {
                throw;
            }
        }

        // A kept token may have lost its rights meanwhile: once more with a fresh one, and no more, as Exchange bars mailboxes that repeat errors.
        var second = await tokens.GetAsync(settings, TokenResource.Exchange, ct);
        words.Forbid(second.Token.Value.Reveal());
        return await WalkAsync(settings, second.Token, words, ct);
    }

    private async Task<SmtpSession> WalkAsync(NotificationSettings settings, AccessToken? token, ServerWords words, CancellationToken ct)
    {
        var endpoint = road.Endpoint(settings);
        var dialogue = road.Open(settings);
        try
        {
            using var steps = new BoundedSteps(settings.Timeout, time, ct);
            await WalkAsync(dialogue, endpoint, road.Credentials(settings, token), steps);
            return new SmtpSession(dialogue, endpoint, settings.Timeout, words, time);
        }
        catch
        {
            await dialogue.DisposeAsync();
            throw;
        }
    }

    private static async Task WalkAsync(SmtpDialogue dialogue, SmtpEndpoint endpoint, SmtpCredentials? credentials, BoundedSteps steps)
    {
        var addresses = await steps.RunAsync(SmtpFindings.NameNotFound(endpoint), dialogue.ResolveAsync);
        await steps.RunAsync(SmtpFindings.ConnectionTimedOut(endpoint), ct => dialogue.ConnectAsync(addresses, ct));
        await steps.RunAsync(SmtpFindings.ConnectionTimedOut(endpoint), dialogue.SecureAsync);
        if (credentials is not null)
        {
            await steps.RunAsync(SmtpFindings.ConnectionTimedOut(endpoint), ct => dialogue.SignInAsync(credentials, ct));
        }
    }
}
