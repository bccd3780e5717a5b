using MimeKit;
using MimeKit.Utils;
using Signify.Notifications.Audit;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports.Graph;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Checks;

/// <summary>One real message over the route, on the administrator's click only: the one proof that the mailbox can send. Never repeated by itself.</summary>
public sealed class TestMessage(
    SettingsStore store, FieldRules rules, CheckStore checks, SmtpRoad road, GraphMail graph, IAccessTokens tokens,
    AuditLog audit, TimeProvider time)
{
    public async Task<TestMessageResult> SendAsync(SettingsRevision revision, string to, string by, CancellationToken ct)
    {
        var recipient = PastedText.Clean(to);
        if (!PlainAddress.IsOne(recipient))
        {
            return Refused(new Finding(FindingCode.RecipientRejected, "This is not an e-mail address.", "Type one plain address, such as anna@contoso.com.") { Field = "to" });
        }

        // A stored revision may no longer fit: a lost key ring, a cloud or a relay gone from the configuration.
        if (rules.Judge(revision).Where(f => f.Blocks).ToList() is { Count: > 0 } blocking)
        {
            return new TestMessageResult(false, null, null, blocking);
        }

        var settings = store.Open(revision);
        var result = await TryAsync(revision, settings, Compose(settings, recipient), ct);
        await audit.WriteAsync(revision.RulesetId, by, AuditAction.TestMessageSent, $"revision {revision.Number}",
            $"to {recipient}: {(result.Delivered ? "accepted" : string.Join(", ", result.Findings.Select(f => f.Code.ToCode())))}", CancellationToken.None);
        return result;
    }

    private async Task<TestMessageResult> TryAsync(SettingsRevision revision, NotificationSettings settings, MimeMessage message, CancellationToken ct)
    {
        var words = new ServerWords(settings.ClientSecret?.Reveal(), settings.Password?.Reveal());
        // Five network steps, each bounded by Timeout; twice that bounds a server that is slow at all of them.
        using var limit = new CancellationTokenSource(settings.Timeout * 2, time);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            var receipt = await RouteAsync(revision, settings, ct) == Route.Graph
                ? await OverGraphAsync(revision, settings, message, words, bound.Token)
                : await OverSmtpAsync(settings, message, words, bound.Token);
            return new TestMessageResult(true, words.Clean(receipt), message.MessageId, []);
        }
        catch (TransportUnavailableException ex)
        {
            return new TestMessageResult(false, null, message.MessageId, [.. ex.Findings.Select(words.Clean)])
            {
                Evidence = ex.Evidence is null ? null : words.Clean(ex.Evidence),
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Refused(new Finding(FindingCode.LinkLost, "The mail service did not answer in time. The message may have gone all the same.", "Look whether it arrived before you try again."));
        }
    }

    private async Task<string> OverSmtpAsync(NotificationSettings settings, MimeMessage message, ServerWords words, CancellationToken ct)
    {
        var token = settings.SignIn == SignIn.Token ? await tokens.AcquireFreshAsync(settings, TokenResource.Exchange, ct) : null;
        words.Forbid(token?.Value.Reveal());
        await using var dialogue = road.Open(settings);
        await dialogue.ConnectAsync(await dialogue.ResolveAsync(ct), ct);
        await dialogue.SecureAsync(ct);
        if (road.Credentials(settings, token) is { } credentials)
        {
            await dialogue.SignInAsync(credentials, ct);
        }

        var receipt = await dialogue.SendAsync(message, ct);
        await dialogue.QuitAsync(ct);
        return receipt;
    }

    private async Task<string> OverGraphAsync(
        SettingsRevision revision, NotificationSettings settings, MimeMessage message, ServerWords words, CancellationToken ct)
    {
        var token = await tokens.AcquireFreshAsync(settings, TokenResource.Graph, ct);
        words.Forbid(token.Value.Reveal());
        var receipt = await graph.SendAsync(settings, token, message, ct);
        await store.SetGraphProvedAsync(revision, CancellationToken.None);
        return receipt;
    }

    // Where no check has found a route yet, Graph is worth a trial once SMTP is known not to work.
    private async Task<Route> RouteAsync(SettingsRevision revision, NotificationSettings settings, CancellationToken ct)
    {
        if (settings.SignIn != SignIn.Token)
        {
            return Route.Smtp;
        }

        var report = await checks.FindAsync(revision, ct);
        return revision.ActiveRoute ?? report?.Route ?? settings.Route switch
        {
            RouteChoice.Smtp => Route.Smtp,
            RouteChoice.Graph => Route.Graph,
            _ => report is null ? Route.Smtp : Route.Graph,
        };
    }

    private MimeMessage Compose(NotificationSettings settings, string to)
    {
        var from = road.From(settings);
        var message = new MimeMessage
        {
            Subject = "Test message from Signify Notifications",
            Date = time.GetUtcNow(),
            MessageId = MimeUtils.GenerateMessageId(from[(from.LastIndexOf('@') + 1)..]),
            Body = new TextPart("plain")
            {
                Text = "This message was sent from Gear, Ruleset, Notifications to try the settings out.\n\nIt arrived, so the mailbox can send.\n",
            },
        };
        message.From.Add(new MailboxAddress(settings.FromName, from));
        message.To.Add(new MailboxAddress(null, to));
        return message;
    }

    private static TestMessageResult Refused(Finding finding) => new(false, null, null, [finding]);
}
