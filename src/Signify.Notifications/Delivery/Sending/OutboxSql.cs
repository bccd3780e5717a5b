using Signify.Notifications.Delivery.Model;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>The sender's statements, in the SQL that SQLite and PostgreSQL share. Times are UTC ticks.</summary>
internal static class OutboxSql
{
    public const string ActiveKey = """
        SELECT r."MailboxKey" FROM "Mailboxes" b JOIN "SettingsRevisions" r ON r."RulesetId" = b."RulesetId" AND r."State" = 'Active'
        WHERE b."Id" = @mailbox
        """;

    /// <summary>A wait and a lowered rate belong to the mailbox that it sent from so far.</summary>
    public const string NewOwner = """
        "Epoch" = "Epoch" + 1, "Owner" = @owner, "MailboxKey" = @key,
        "WaitUntil" = CASE WHEN "MailboxKey" IS NOT DISTINCT FROM @key THEN "WaitUntil" END,
        "WaitCode" = CASE WHEN "MailboxKey" IS NOT DISTINCT FROM @key THEN "WaitCode" END,
        "WaitWords" = CASE WHEN "MailboxKey" IS NOT DISTINCT FROM @key THEN "WaitWords" END,
        "Waits" = CASE WHEN "MailboxKey" IS NOT DISTINCT FROM @key THEN "Waits" ELSE 0 END,
        "PaceShare" = CASE WHEN "MailboxKey" IS NOT DISTINCT FROM @key THEN "PaceShare" ELSE 1 END,
        "PaceSharedAt" = CASE WHEN "MailboxKey" IS NOT DISTINCT FROM @key THEN "PaceSharedAt" END
        """;

    public const string TakeOver = $"""UPDATE "Mailboxes" SET {NewOwner} WHERE "Id" = @mailbox RETURNING "Epoch" """;

    /// <summary>For a row b of Mailboxes: the first of those whose active settings send from the same mailbox at Microsoft.</summary>
    public const string Leader = """
        COALESCE((SELECT MIN(o."Id") FROM "SettingsRevisions" r
            JOIN "SettingsRevisions" s ON s."MailboxKey" = r."MailboxKey" AND s."State" = 'Active'
            JOIN "Mailboxes" o ON o."RulesetId" = s."RulesetId"
            WHERE r."RulesetId" = b."RulesetId" AND r."State" = 'Active'), b."Id")
        """;

    public const string Release = """UPDATE "Mailboxes" SET "Owner" = NULL WHERE "Id" = @mailbox AND "Epoch" = @epoch""";

    public static readonly string Claim = $"""
        UPDATE "Notifications" SET {TransitionSql.Set(NotificationEvent.Claim, NotificationTransitions.Of(NotificationEvent.Claim))}
        WHERE "Id" IN (
            SELECT n."Id" FROM "Notifications" n
            WHERE n."MailboxId" = @mailbox AND n."State" = {States.Queued} AND n."Priority" <= @lowest
              AND n."MailingId" NOT IN (
                  SELECT m."Id" FROM "Mailings" m WHERE m."MailboxId" = @mailbox AND m."State" <> {States.ActiveMailing})
            ORDER BY n."Priority", n."Turn", n."Id" LIMIT @most)
          AND EXISTS (SELECT 1 FROM "Mailboxes" b WHERE b."Id" = @mailbox AND b."Epoch" = @epoch AND b."Hold" = 'None')
        RETURNING "Id", "MailingId", "To", "ToName", "Cc", "Fields", "Priority", "Turn", "Attempts", "ExpiresAt"
        """;

    public const string AdvanceTurn = """UPDATE "Mailboxes" SET "Turn" = @turn WHERE "Id" = @mailbox AND "Turn" < @turn""";

    /// <summary>A batch of those that are due.</summary>
    public const string Due = $"""
        "Id" IN (SELECT "Id" FROM "Notifications" WHERE "MailboxId" = @mailbox AND "State" = {States.Scheduled} AND "DueAt" <= @now
            ORDER BY "DueAt" LIMIT 2000)
        """;

    // With LIMIT, as PostgreSQL would else read the whole queue to answer for every mailbox at once.
    public const string WithWork = $"""
        SELECT b."Id", {Leader} FROM "Mailboxes" b
        WHERE (b."WaitUntil" IS NULL OR b."WaitUntil" <= @now OR b."PaceSharedAt" > @now OR EXISTS (
                  SELECT 1 FROM "SettingsRevisions" r WHERE r."RulesetId" = b."RulesetId" AND r."State" = 'Active' AND r."PassedAt" > b."PaceSharedAt")) AND (
              (b."Hold" = 'None' AND (
                   (SELECT 1 FROM "Notifications" n WHERE n."MailboxId" = b."Id" AND n."State" = {States.Queued} LIMIT 1) IS NOT NULL
                OR (SELECT 1 FROM "Notifications" n
                    WHERE n."MailboxId" = b."Id" AND n."State" = {States.Scheduled} AND n."DueAt" <= @now LIMIT 1) IS NOT NULL))
           OR b."Hold" = 'Configuration'
           OR EXISTS (SELECT 1 FROM "Mailings" m WHERE m."MailboxId" = b."Id" AND m."RowsFollow")
           OR EXISTS (SELECT 1 FROM "Notifications" n
                      WHERE n."MailboxId" = b."Id" AND n."ExpiresAt" IS NOT NULL AND n.{States.Waiting} AND n."ExpiresAt" <= @now)
           OR EXISTS (SELECT 1 FROM "Notifications" n
                      WHERE n."MailboxId" = b."Id" AND n."State" IN {States.InHand} AND n."Epoch" < b."Epoch" + 1))
        """;

    /// <summary>Attempts of an earlier owner that were in flight: unconfirmed.</summary>
    public const string SweepAttempts = """
        INSERT INTO "Attempts" ("NotificationId", "Number", "StartedAt", "EndedAt", "Route", "Outcome", "Code", "Words")
        SELECT f."NotificationId",
               (SELECT COALESCE(MAX(a."Number"), 0) + 1 FROM "Attempts" a WHERE a."NotificationId" = f."NotificationId"), @now, @now,
               COALESCE((SELECT CASE r."ActiveRoute" WHEN 'Graph' THEN 1 ELSE 0 END FROM "SettingsRevisions" r
                         JOIN "Mailboxes" b ON b."RulesetId" = r."RulesetId" WHERE b."Id" = @mailbox AND r."State" = 'Active'), 0),
               3, 'LinkLost', 'The program stopped while this message was on its way. It may have been delivered.'
        FROM "InFlight" f JOIN "Notifications" n ON n."Id" = f."NotificationId" WHERE f."MailboxId" = @mailbox AND f."Epoch" < @epoch
        """;

    /// <summary>They may have been delivered: the provider's limits count them.</summary>
    public const string SweepPaced = """
        INSERT INTO "PacedSends" ("MailboxId", "At", "NotificationId", "Recipients", "MailboxKey")
        SELECT n."MailboxId", @now, n."Id",
               1 + CASE WHEN n."Cc" IS NULL THEN 0 ELSE 1 + LENGTH(n."Cc") - LENGTH(REPLACE(n."Cc", ',', '')) END,
               (SELECT b."MailboxKey" FROM "Mailboxes" b WHERE b."Id" = n."MailboxId")
        FROM "InFlight" f JOIN "Notifications" n ON n."Id" = f."NotificationId" WHERE f."MailboxId" = @mailbox AND f."Epoch" < @epoch
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Claimed by an earlier owner.</summary>
    public const string Abandoned = """ "MailboxId" = @mailbox AND "Epoch" < @epoch""";

    /// <summary>In flight under an earlier owner.</summary>
    public const string AbandonedInFlight = """
        "MailboxId" = @mailbox
            AND "Id" IN (SELECT f."NotificationId" FROM "InFlight" f WHERE f."MailboxId" = @mailbox AND f."Epoch" < @epoch)
        """;

    /// <summary>Not sent again by the program. The interrupted attempt is counted already.</summary>
    public const string LeftToAdministrator =
        """
        ("Attempts" + 1 >= @most OR (SELECT m."OnDoubt" FROM "Mailings" m WHERE m."Id" = "MailingId") = 1
            OR (SELECT COUNT(*) FROM "Attempts" a WHERE a."NotificationId" = "Notifications"."Id" AND a."Outcome" = 3) > @resends)
        """;

    public const string SweepInFlight = """DELETE FROM "InFlight" WHERE "MailboxId" = @mailbox AND "Epoch" < @epoch""";

    /// <summary>Claimed by this owner, and not on its way.</summary>
    public const string Unsent = """
        "MailboxId" = @mailbox AND "Epoch" = @epoch
            AND NOT EXISTS (SELECT 1 FROM "InFlight" f WHERE f."NotificationId" = "Notifications"."Id")
        """;
}
