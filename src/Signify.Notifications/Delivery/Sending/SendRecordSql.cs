namespace Signify.Notifications.Delivery.Sending;

/// <summary>The recorder's statements. States are numbers: see <see cref="NotificationState"/>; times are UTC ticks.</summary>
internal static class SendRecordSql
{
    // The attempt is counted here, so that a message that kills the process still runs out of attempts.
    public const string Begin = """
        UPDATE "Notifications" SET "State" = 4, "Attempts" = "Attempts" + 1
        WHERE "Id" = @id AND "Epoch" = @epoch AND "State" = 3 AND NOT "CancelRequested"
        """;

    // Of a line of the journal: it is on its way already, whoever called it back meanwhile.
    public const string Begun = """UPDATE "Notifications" SET "State" = 4, "Attempts" = "Attempts" + 1 WHERE "Id" = @id AND "Epoch" = @epoch AND "State" = 3""";

    // Both lines at once.
    public const string BegunAndEnded = """
        UPDATE "Notifications" SET "State" = @state, "DueAt" = @due, "EndedAt" = @ended, "Attempts" = "Attempts" + 1 - @back
        WHERE "Id" = @id AND "Epoch" = @epoch AND "State" = 3
        """;

    public const string End = """
        UPDATE "Notifications" SET "State" = @state, "DueAt" = @due, "EndedAt" = @ended, "Attempts" = "Attempts" - @back
        WHERE "Id" = @id AND "Epoch" = @epoch AND "State" IN (3, 4)
        """;

    public const string SettleQueued = """UPDATE "Notifications" SET "State" = 5, "EndedAt" = @ended WHERE "Id" = @id AND "State" IN (0, 1, 2, 3)""";

    public const string SettleDoubt = """UPDATE "Notifications" SET "State" = @state, "DueAt" = @due, "EndedAt" = @ended WHERE "Id" = @id AND "State" = 7""";

    public const string Attempt = """
        INSERT INTO "Attempts" ("NotificationId", "Number", "StartedAt", "EndedAt", "Route", "Outcome", "Code", "Words")
        SELECT "Id", (SELECT COALESCE(MAX(a."Number"), 0) + 1 FROM "Attempts" a WHERE a."NotificationId" = @id),
               @started, @ended, @route, @outcome, @code, @words
        FROM "Notifications" WHERE "Id" = @id
        """;

    public const string Paced = """
        INSERT INTO "PacedSends" ("MailboxId", "At", "NotificationId", "Recipients", "MailboxKey")
        VALUES (@mailbox, @ended, @id, @recipients, (SELECT "MailboxKey" FROM "Mailboxes" WHERE "Id" = @mailbox))
        ON CONFLICT DO NOTHING
        """;

    public const string Tally = """
        INSERT INTO "OutcomeTallies" ("MailboxId", "At", "Sent", "Failed") VALUES (@mailbox, @at, @sent, @failed)
        ON CONFLICT ("MailboxId", "At") DO UPDATE SET "Sent" = "OutcomeTallies"."Sent" + @sent, "Failed" = "OutcomeTallies"."Failed" + @failed
        """;

    private const string CountSent = """
        UPDATE "Mailings" SET "Sent" = "Sent" + @amount, "FirstSentAt" = COALESCE("FirstSentAt", @at), "LastSentAt" = @at WHERE "Id" = @mailing
        """;

    public static string Count(NotificationState state) => state == NotificationState.Sent
        ? CountSent
        : $"""UPDATE "Mailings" SET "{state}" = "{state}" + @amount WHERE "Id" = @mailing AND @at >= 0""";
}
