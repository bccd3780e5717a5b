using Signify.Notifications.Delivery;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Benchmarks;

/// <summary>Ten thousand rulesets with settings in charge; something waits in the first two thousand. Mailbox 1, of the first ruleset, is the big one.</summary>
internal static class GrowthRulesets
{
    public const int Count = 10_000;
    public const int WithWork = 2_000;

    private const int Waiting = 5;
    private const int WaitingInBig = 20;

    // Behind the history, however long it grows: what waits is the newest.
    private const long FirstMailing = 500_000_000;
    private const long FirstNotification = 1_000_000_000;

    public static IEnumerable<object> Of(IEnumerable<int> mailboxes, string from)
    {
        var now = TimeProvider.System.GetUtcNow();
        return mailboxes.SelectMany(mailbox => (object[])[.. mailbox == 1 ? [] : Ruleset(mailbox, from, now), .. mailbox > WithWork ? [] : Queue(mailbox, now)]);
    }

    private static object[] Ruleset(int mailbox, string from, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7();
        return
        [
            new Ruleset { Id = id, Name = $"Organisation {mailbox}", CreatedAt = now },
            new Mailbox { Id = mailbox, RulesetId = id },
            new SettingsRevision
            {
                Id = Guid.CreateVersion7(),
                RulesetId = id,
                Number = 1,
                State = RevisionState.Active,
                CreatedAt = now,
                CreatedBy = "bench",
                ActivatedAt = now,
                PassedAt = now,
                ActiveRoute = Route.Smtp,
                SignIn = SignIn.None,
                ServerName = "127.0.0.1",
                Port = 25,
                Timeout = TimeSpan.FromSeconds(30),
                BatchSize = BatchSize.Large,
                FromEmail = from,
                Cloud = "Worldwide",
                Route = RouteChoice.Automatic,
            },
        ];
    }

    private static IEnumerable<object> Queue(int mailbox, DateTimeOffset now)
    {
        var (mailing, count) = (FirstMailing + mailbox, mailbox == 1 ? WaitingInBig : Waiting);
        yield return new Mailing
        {
            Id = mailing,
            MailboxId = mailbox,
            OfOne = false,
            Name = "Waits",
            State = MailingState.Active,
            Priority = Priority.Normal,
            OnDoubt = OnDoubt.Resend,
            CreatedAt = now,
            CreatedBy = "bench",
            MessageIdSuffix = ".bench@contoso.com",
            Total = count,
        };
        for (var i = 1; i <= count; i++)
        {
            yield return new Notification
            {
                Id = FirstNotification + (mailbox * 100) + i,
                MailboxId = mailbox,
                MailingId = mailing,
                To = Letter.Recipient(i),
                State = NotificationState.Queued,
                Priority = Priority.Normal,
                Turn = i,
                DueAt = now,
                AcceptedAt = now,
            };
        }
    }
}
