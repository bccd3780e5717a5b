using System.Globalization;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// The sender's statements, in the SQL that SQLite and PostgreSQL share. States are numbers: see <see cref="NotificationState"/>
/// and <see cref="MailingState"/>; times are UTC ticks.
/// </summary>
internal static class OutboxSql
{
    public const string ActiveKey = """
        SELECT r."MailboxKey" FROM "Mailboxes" b JOIN "SettingsRevisions" r ON r."RulesetId" = b."RulesetId" AND r."State" = 'Active'
        WHERE b."Id" = @mailbox
        """;

    public const string TakeOver = """
        UPDATE "Mailboxes" SET "Epoch" = "Epoch" + 1, "Owner" = @owner, "MailboxKey" = @key WHERE "Id" = @mailbox RETURNING "Epoch"
        """;

    /// <summary>For a row b of Mailboxes: the first of those whose active settings send from the same mailbox at Microsoft.</summary>
    public const string Leader = """
        COALESCE((SELECT MIN(o."Id") FROM "SettingsRevisions" r
            JOIN "SettingsRevisions" s ON s."MailboxKey" = r."MailboxKey" AND s."State" = 'Active'
            JOIN "Mailboxes" o ON o."RulesetId" = s."RulesetId"
            WHERE r."RulesetId" = b."RulesetId" AND r."State" = 'Active'), b."Id")
        """;

    public const string Release = """UPDATE "Mailboxes" SET "Owner" = NULL WHERE "Id" = @mailbox AND "Epoch" = @epoch""";

    public const string Claim = """
        UPDATE "Notifications" SET "State" = 3, "Epoch" = @epoch
        WHERE "Id" IN (
            SELECT n."Id" FROM "Notifications" n
            WHERE n."MailboxId" = @mailbox AND n."State" = 0
              AND n."MailingId" NOT IN (SELECT m."Id" FROM "Mailings" m WHERE m."MailboxId" = @mailbox AND m."State" <> 1)
            ORDER BY n."Priority", n."Turn", n."Id" LIMIT @most)
          AND EXISTS (SELECT 1 FROM "Mailboxes" b WHERE b."Id" = @mailbox AND b."Epoch" = @epoch AND b."Hold" = 'None')
        RETURNING "Id", "MailingId", "To", "ToName", "Cc", "Fields", "Priority", "Turn", "Attempts", "ExpiresAt"
        """;

    public const string AdvanceTurn = """UPDATE "Mailboxes" SET "Turn" = @turn WHERE "Id" = @mailbox AND "Turn" < @turn""";

    public const string Promote = """
        UPDATE "Notifications" SET "State" = 0 WHERE "Id" IN (
            SELECT "Id" FROM "Notifications" WHERE "MailboxId" = @mailbox AND "State" = 1 AND "DueAt" <= @now ORDER BY "DueAt" LIMIT 2000)
        """;

    // With LIMIT, as PostgreSQL would else read the whole queue to answer for every mailbox at once.
    public const string WithWork = $"""
        SELECT b."Id", {Leader} FROM "Mailboxes" b
        WHERE (b."WaitUntil" IS NULL OR b."WaitUntil" <= @now OR EXISTS (
                  SELECT 1 FROM "SettingsRevisions" r WHERE r."RulesetId" = b."RulesetId" AND r."State" = 'Active' AND r."PassedAt" > b."PaceSharedAt")) AND (
              (b."Hold" = 'None' AND (
                   (SELECT 1 FROM "Notifications" n WHERE n."MailboxId" = b."Id" AND n."State" = 0 LIMIT 1) IS NOT NULL
                OR (SELECT 1 FROM "Notifications" n WHERE n."MailboxId" = b."Id" AND n."State" = 1 AND n."DueAt" <= @now LIMIT 1) IS NOT NULL))
           OR b."Hold" = 'Configuration'
           OR EXISTS (SELECT 1 FROM "Mailings" m WHERE m."MailboxId" = b."Id" AND m."RowsFollow")
           OR EXISTS (SELECT 1 FROM "Notifications" n WHERE n."MailboxId" = b."Id" AND n."ExpiresAt" IS NOT NULL AND n."State" < 3 AND n."ExpiresAt" <= @now)
           OR EXISTS (SELECT 1 FROM "Notifications" n WHERE n."MailboxId" = b."Id" AND n."State" IN (3, 4) AND n."Epoch" < b."Epoch" + 1))
        """;

    /// <summary>Attempts of an earlier owner that were on their way: in doubt, and said so.</summary>
    public const string SweepAttempts = """
        INSERT INTO "Attempts" ("NotificationId", "Number", "StartedAt", "EndedAt", "Route", "Outcome", "Code", "Words")
        SELECT n."Id", (SELECT COALESCE(MAX(a."Number"), 0) + 1 FROM "Attempts" a WHERE a."NotificationId" = n."Id"), @now, @now,
               COALESCE((SELECT CASE r."ActiveRoute" WHEN 'Graph' THEN 1 ELSE 0 END FROM "SettingsRevisions" r
                         JOIN "Mailboxes" b ON b."RulesetId" = r."RulesetId" WHERE b."Id" = @mailbox AND r."State" = 'Active'), 0),
               3, 'LinkLost', 'The program stopped while this message was on its way. It may have gone.'
        FROM "Notifications" n WHERE n."MailboxId" = @mailbox AND n."State" = 4 AND n."Epoch" < @epoch
        """;

    private const string Doubtful = """ "MailboxId" = @mailbox AND "State" = 4 AND "Epoch" < @epoch """;

    private const string LeftToPerson = """ ("Attempts" >= @most OR (SELECT m."OnDoubt" FROM "Mailings" m WHERE m."Id" = "MailingId") = 1) """;

    public static readonly string[] Sweep =
    [
        // Cancelled in the former owner's hands, and nothing had gone.
        $"""
        UPDATE "Mailings" SET "Cancelled" = "Cancelled" + (SELECT COUNT(*) FROM "Notifications" n
            WHERE n."MailingId" = "Mailings"."Id" AND n."MailboxId" = @mailbox AND n."State" = 3 AND n."Epoch" < @epoch AND n."CancelRequested")
        WHERE "Id" IN (SELECT n."MailingId" FROM "Notifications" n WHERE n."MailboxId" = @mailbox AND n."State" = 3 AND n."Epoch" < @epoch AND n."CancelRequested")
        """,
        """UPDATE "Notifications" SET "State" = 8, "EndedAt" = @now WHERE "MailboxId" = @mailbox AND "State" = 3 AND "Epoch" < @epoch AND "CancelRequested" """,
        """UPDATE "Notifications" SET "State" = 0 WHERE "MailboxId" = @mailbox AND "State" = 3 AND "Epoch" < @epoch""",
        SweepAttempts,
        // They may have gone: the provider's windows count them.
        $"""
        INSERT INTO "PacedSends" ("MailboxId", "At", "NotificationId", "Recipients", "MailboxKey")
        SELECT "MailboxId", @now, "Id", 1 + CASE WHEN "Cc" IS NULL THEN 0 ELSE 1 + LENGTH("Cc") - LENGTH(REPLACE("Cc", ',', '')) END,
               (SELECT b."MailboxKey" FROM "Mailboxes" b WHERE b."Id" = @mailbox)
        FROM "Notifications" WHERE {Doubtful} ON CONFLICT DO NOTHING
        """,
        $"""
        UPDATE "Mailings" SET "InDoubt" = "InDoubt" + (SELECT COUNT(*) FROM "Notifications"
            WHERE "MailingId" = "Mailings"."Id" AND {Doubtful} AND {LeftToPerson})
        WHERE "Id" IN (SELECT "MailingId" FROM "Notifications" WHERE {Doubtful})
        """,
        $"""UPDATE "Notifications" SET "State" = 7, "EndedAt" = @now WHERE {Doubtful} AND {LeftToPerson}""",
        $"""UPDATE "Notifications" SET "State" = 0 WHERE {Doubtful}""",
    ];

    public static IEnumerable<string> GiveBack(IReadOnlyCollection<long> ids)
    {
        var list = string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        var own = $""" "MailboxId" = @mailbox AND "Epoch" = @epoch AND "State" = 3 AND "Id" IN ({list}) """;
        yield return $"""
            UPDATE "Mailings" SET "Cancelled" = "Cancelled" + (SELECT COUNT(*) FROM "Notifications" WHERE "MailingId" = "Mailings"."Id" AND "CancelRequested" AND {own})
            WHERE "Id" IN (SELECT "MailingId" FROM "Notifications" WHERE "CancelRequested" AND {own})
            """;
        yield return $"""UPDATE "Notifications" SET "State" = 8, "EndedAt" = @now WHERE "CancelRequested" AND {own}""";
        yield return $"""UPDATE "Notifications" SET "State" = 0 WHERE {own}""";
    }
}
