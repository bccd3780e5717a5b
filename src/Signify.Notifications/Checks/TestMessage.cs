using MimeKit;
using MimeKit.Utils;
using Signify.Notifications.Audit;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;
using Signify.Notifications.Transports.Graph;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Checks;

/// <summary>One real message over the route, on the administrator's click only: the one proof that the mailbox can send. Never repeated by itself.</summary>
public sealed class TestMessage(
    SettingsStore store, FieldRules rules, CheckStore checks, SmtpRoad road, GraphMail graph, IAccessTokens tokens, StandbyTakeOver standby,
    AuditLog audit, TimeProvider time)
{
    private const string Accepted = "accepted";

    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    /// <summary>When a test message of that revision was accepted last; null when none was.</summary>
    public async Task<DateTimeOffset?> AcceptedAtAsync(SettingsRevision revision, CancellationToken ct) =>
        (await audit.FindLastAsync(revision.RulesetId, AuditAction.TestMessageSent, Target(revision), $": {Accepted}", ct))?.At;

    public async Task<TestMessageResult> SendAsync(SettingsRevision revision, string to, string by, CancellationToken ct)
    {
        var recipient = PastedText.Clean(to);
        if (!PlainAddress.IsOne(recipient))
        {
            return Refused(Causes.TestRecipientInvalid.Told() with { Field = "to" });
        }

        // A stored revision may no longer fit: a lost key ring, a cloud or a relay gone from the configuration.
        if (rules.Judge(revision).Where(f => f.Blocks).ToList() is { Count: > 0 } blocking)
        {
            return new TestMessageResult(false, null, null, blocking);
        }

        var result = await TryAsync(revision, recipient, ct);
        if (result.Findings is [{ } refused, ..] && await standby.SuccessorAsync(revision, refused.Code, ct) is { } successor)
        {
            // Without a token nothing was sent.
            revision = successor;
            result = await TryAsync(revision, recipient, ct);
        }

        await audit.WriteAsync(revision.RulesetId, by, AuditAction.TestMessageSent, Target(revision),
            $"to {recipient}: {(result.Delivered ? Accepted : string.Join(", ", result.Findings.Select(f => f.Code.ToCode())))}", CancellationToken.None);
        return result;
    }

    private async Task<TestMessageResult> TryAsync(SettingsRevision revision, string recipient, CancellationToken ct)
    {
        var settings = store.Open(revision);
        var message = Compose(settings, recipient);
        var words = new ServerWords(settings.Secrets());
        using var steps = new BoundedSteps(settings.Timeout, time, ct);
        try
        {
            var receipt = await RouteAsync(revision, settings, ct) == Route.Graph
                ? await OverGraphAsync(revision, settings, message, words, steps)
                : await OverSmtpAsync(settings, message, words, steps);
            return new TestMessageResult(true, words.Clean(receipt), message.MessageId, []);
        }
        catch (TransportUnavailableException ex)
        {
            return new TestMessageResult(false, null, message.MessageId, [.. ex.Findings.Select(words.Clean)])
            {
                Evidence = ex.Evidence is null ? null : words.Clean(ex.Evidence),
            };
        }
    }

    private async Task<string> OverSmtpAsync(NotificationSettings settings, MimeMessage message, ServerWords words, BoundedSteps steps)
    {
        var token = settings.SignIn == SignIn.Token ? await TokenAsync(settings, TokenResource.Exchange, words, steps) : null;
        await using var dialogue = road.Open(settings);
        var silent = SmtpFindings.LateSending(road.Endpoint(settings));
        await steps.RunAsync(silent, async step => await dialogue.ConnectAsync(await dialogue.ResolveAsync(step), step));
        await steps.RunAsync(silent, async step =>
        {
            await dialogue.SecureAsync(step);
            return dialogue;
        });
        if (road.Credentials(settings, token) is { } credentials)
        {
            await steps.RunAsync(silent, async step =>
            {
                await dialogue.SignInAsync(credentials, step);
                return dialogue;
            });
        }

        var receipt = await steps.RunAsync(SmtpFindings.InDoubtLate(), step => dialogue.SendAsync(message, step));
        // It has gone: a server that is slow to say good-bye keeps nobody waiting.
        using var farewell = new CancellationTokenSource(FarewellLimit, time);
        await dialogue.QuitAsync(farewell.Token);
        return receipt;
    }

    private async Task<string> OverGraphAsync(
        SettingsRevision revision, NotificationSettings settings, MimeMessage message, ServerWords words, BoundedSteps steps)
    {
        var token = await TokenAsync(settings, TokenResource.Graph, words, steps);
        var receipt = await steps.RunAsync(SmtpFindings.InDoubtLate(), step => graph.SendAsync(settings, token, message, step));
        await store.SetGraphProvedAsync(revision, CancellationToken.None);
        return receipt;
    }

    private async Task<AccessToken> TokenAsync(NotificationSettings settings, TokenResource resource, ServerWords words, BoundedSteps steps)
    {
        var token = await steps.RunAsync(Causes.EntraLateSending.Told(), step => tokens.AcquireFreshAsync(settings, resource, step));
        words.Forbid(token.Value.Reveal());
        return token;
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

    private static string Target(SettingsRevision revision) => $"revision {revision.Number}";

    private static TestMessageResult Refused(Finding finding) => new(false, null, null, [finding]);
}
