namespace Signify.Notifications.Delivery.Sending;

/// <summary><see cref="SendRecordSql"/> for many rows at once: each array has one value for each of them.</summary>
internal static class PostgreSqlRecordSql
{
    public const string Lock = """SELECT "Id" FROM "Mailboxes" WHERE "Id" = ANY(@mailboxes) ORDER BY "Id" FOR NO KEY UPDATE""";

    public const string End = """
        UPDATE "Notifications" n SET "State" = e.state, "DueAt" = e.due, "EndedAt" = e.ended, "Attempts" = n."Attempts" - e.back
        FROM unnest(@ids, @epochs, @states, @dues, @endeds, @backs) AS e(id, epoch, state, due, ended, back)
        WHERE n."Id" = e.id AND n."Epoch" = e.epoch AND n."State" IN (3, 4)
        RETURNING n."Id"
        """;

    // All of them, or an error that takes the whole transaction back: SQL alone has no better one than a division by zero.
    public const string EndAll = $"""
        WITH ended AS ({End})
        SELECT (1 / CASE COUNT(*) WHEN cardinality(@ids) THEN 1 ELSE 0 END)::bigint FROM ended
        """;

    // Known by its beginning: written once, however often the commit is tried.
    public const string Attempt = """
        INSERT INTO "Attempts" ("NotificationId", "Number", "StartedAt", "EndedAt", "Route", "Outcome", "Code", "Words")
        SELECT e.id, (SELECT COALESCE(MAX(a."Number"), 0) + 1 FROM "Attempts" a WHERE a."NotificationId" = e.id),
               e.started, e.ended, e.route, e.outcome, e.code, e.words
        FROM unnest(@ids, @starteds, @endeds, @routes, @outcomes, @codes, @words) AS e(id, started, ended, route, outcome, code, words)
        WHERE EXISTS (SELECT 1 FROM "Notifications" n WHERE n."Id" = e.id)
          AND NOT EXISTS (SELECT 1 FROM "Attempts" a WHERE a."NotificationId" = e.id AND a."StartedAt" = e.started)
        """;

    public const string Paced = """
        INSERT INTO "PacedSends" ("MailboxId", "At", "NotificationId", "Recipients", "MailboxKey")
        SELECT p.*, b."MailboxKey" FROM unnest(@mailboxes, @ats, @ids, @recipients) AS p(mailbox, at, id, recipients)
        JOIN "Mailboxes" b ON b."Id" = p.mailbox ON CONFLICT DO NOTHING
        """;

    public const string Begin = """
        UPDATE "Notifications" n SET "State" = 4, "Attempts" = n."Attempts" + CASE n."State" WHEN 3 THEN 1 ELSE 0 END
        FROM unnest(@ids, @epochs) AS b(id, epoch), "Mailboxes" m
        WHERE n."Id" = b.id AND n."Epoch" = b.epoch AND m."Id" = n."MailboxId" AND m."Epoch" = b.epoch
          AND (n."State" = 4 OR (n."State" = 3 AND NOT n."CancelRequested"))
        RETURNING n."Id"
        """;
}
