using Signify.Notifications.Delivery.Model;

namespace Signify.Notifications.Delivery.Sending.Recording;

/// <summary>
/// Settles messages that InFlight says were sent: their notifications, mailings and attempts, many with each statement. A stored result is
/// a fact, so any owner may settle it, and it is deleted in the same transaction. See docs/decisions/0027.
/// </summary>
internal static class SettleSql
{
    /// <summary>All: of the embedded database, which only this process uses.</summary>
    public static readonly IReadOnlyList<string> All = Statements("TRUE");

    /// <summary>Those of <c>@ids</c>, on PostgreSQL.</summary>
    public static readonly IReadOnlyList<string> OfIds = Statements(
        """f."NotificationId" = ANY(@ids)""", """n."Id" = ANY(@ids)""");

    /// <summary>Those of <c>@mailbox</c>.</summary>
    public static readonly IReadOnlyList<string> OfMailbox = Statements("""f."MailboxId" = @mailbox""");

    /// <param name="notifications">The same of the notifications, so that PostgreSQL finds them by their keys.</param>
    private static List<string> Statements(string which, string notifications = "TRUE")
    {
        var rows = NotificationTransitions.Of(NotificationEvent.Sent);
        var settled = $"""f."SentAt" IS NOT NULL AND {which}""";
        // By their keys, which the sum makes sure of: there are many that were sent.
        var mailings = $"""
            SELECT n."MailingId", COUNT(*) AS "Count", MIN(f."SentAt") AS "First", MAX(f."SentAt") AS "Last"
            FROM "InFlight" f JOIN "Notifications" n ON n."Id" = f."NotificationId" AND n."Epoch" = f."Epoch"
            WHERE {settled} AND {notifications} AND n."State" + 0 = {States.Sent} GROUP BY n."MailingId"
            """;
        return
        [
            $"""
            UPDATE "Notifications" AS n SET {TransitionSql.Set(NotificationEvent.Sent, rows, now: "f.\"SentAt\"", used: "1")}
            FROM "InFlight" f
            WHERE {settled} AND {notifications} AND n."Id" = f."NotificationId" AND n."Epoch" = f."Epoch"
              AND n."State" + 0 IN {States.ListOf(rows.Select(t => t.From))}
            """,
            $"""
            UPDATE "Mailings" SET "Sent" = "Sent" + s."Count", "FirstSentAt" = COALESCE("FirstSentAt", s."First"), "LastSentAt" = s."Last"
            FROM ({mailings}) s WHERE "Mailings"."Id" = s."MailingId"
            """,
            $"""
            INSERT INTO "OutcomeTallies" ("MailboxId", "At", "Sent", "Failed")
            SELECT f."MailboxId", f."SentAt" - f."SentAt" % {RecordStatement.QuarterTicks}, COUNT(*), 0 FROM "InFlight" f WHERE {settled} GROUP BY 1, 2
            ON CONFLICT ("MailboxId", "At") DO UPDATE SET "Sent" = "OutcomeTallies"."Sent" + excluded."Sent"
            """,
            $"""
            INSERT INTO "Attempts" ("NotificationId", "Number", "StartedAt", "EndedAt", "Route", "Outcome", "Code", "Words")
            SELECT f."NotificationId", (SELECT COALESCE(MAX(a."Number"), 0) + 1 FROM "Attempts" a WHERE a."NotificationId" = f."NotificationId"),
                   f."StartedAt", f."SentAt", f."Route", {(int)AttemptOutcome.Sent}, NULL, f."Response"
            FROM "InFlight" f JOIN "Notifications" n ON n."Id" = f."NotificationId" WHERE {settled} AND {notifications}
            """,
            $"""DELETE FROM "InFlight" AS f WHERE {settled}""",
        ];
    }
}
