using Signify.Notifications.Delivery.Model;

namespace Signify.Notifications.Delivery.Sending.Recording;

/// <summary>
/// The recorder's statements, the same on both databases. The row in InFlight decides: while it is there under the owner's epoch, the
/// result is the owner's to record; each statement asks for it and the last one deletes it. So the same statements again, after a
/// connection was lost during a commit, change nothing more. Times are UTC ticks.
/// </summary>
internal static class RecordSql
{
    public static readonly string Begin = BeginOf("\"Notifications\" n", "@id", "@epoch", "@started");

    /// <summary>The result alone, which many settle together: see <see cref="SettleSql"/>.</summary>
    public static readonly string Store = StoreOf("", "@id", "@epoch", "@started, @now, @route, @words");

    /// <summary>The same for many, on PostgreSQL: a statement costs it more than a row. All values are arrays.</summary>
    public static readonly string BeginMany = BeginOf(
        """unnest(@ids, @epochs, @starts) v(id, epoch, started) JOIN "Notifications" n ON n."Id" = v.id""", "v.id", "v.epoch", "v.started");

    /// <inheritdoc cref="BeginMany"/>
    public static readonly string StoreMany = StoreOf(
        "FROM unnest(@ids, @epochs, @starts, @ends, @routes, @words) v(id, epoch, started, sent, route, words)",
        "v.id", "v.epoch", "v.started, v.sent, v.route, v.words");

    public const string Attempt = $"""
        INSERT INTO "Attempts" ("NotificationId", "Number", "StartedAt", "EndedAt", "Route", "Outcome", "Code", "Words")
        SELECT n."Id", (SELECT COALESCE(MAX(a."Number"), 0) + 1 FROM "Attempts" a WHERE a."NotificationId" = n."Id"),
               @started, @now, @route, @outcome, @code, @words
        FROM "Notifications" n WHERE n."Id" = @id AND {InFlightOf}
        """;

    // Known by its beginning.
    public const string LateAttempt = """
        INSERT INTO "Attempts" ("NotificationId", "Number", "StartedAt", "EndedAt", "Route", "Outcome", "Code", "Words")
        SELECT n."Id", (SELECT COALESCE(MAX(a."Number"), 0) + 1 FROM "Attempts" a WHERE a."NotificationId" = n."Id"),
               @started, @now, @route, @outcome, @code, @words
        FROM "Notifications" n WHERE n."Id" = @id
          AND NOT EXISTS (SELECT 1 FROM "Attempts" a WHERE a."NotificationId" = @id AND a."StartedAt" = @started)
        """;

    public const string Paced = $"""
        INSERT INTO "PacedSends" ("MailboxId", "At", "NotificationId", "Recipients", "MailboxKey")
        SELECT f."MailboxId", @now, f."NotificationId", @recipients, (SELECT b."MailboxKey" FROM "Mailboxes" b WHERE b."Id" = f."MailboxId")
        FROM "InFlight" f WHERE f."NotificationId" = @id AND f."Epoch" = @epoch
        ON CONFLICT DO NOTHING
        """;

    public const string Tally = $"""
        INSERT INTO "OutcomeTallies" ("MailboxId", "At", "Sent", "Failed")
        SELECT f."MailboxId", @quarter, @sent, @failed FROM "InFlight" f WHERE f."NotificationId" = @id AND f."Epoch" = @epoch
        ON CONFLICT ("MailboxId", "At") DO UPDATE SET "Sent" = "OutcomeTallies"."Sent" + @sent, "Failed" = "OutcomeTallies"."Failed" + @failed
        """;

    public const string End = """DELETE FROM "InFlight" WHERE "NotificationId" = @id AND "Epoch" = @epoch RETURNING "NotificationId" """;

    /// <summary>No other owner has it in flight.</summary>
    public const string NotInFlight = """NOT EXISTS (SELECT 1 FROM "InFlight" f WHERE f."NotificationId" = "Notifications"."Id")""";

    private const string InFlightOf = """EXISTS (SELECT 1 FROM "InFlight" f WHERE f."NotificationId" = @id AND f."Epoch" = @epoch)""";

    private static readonly Dictionary<NotificationEvent, (string Update, string[] Counts)> Events = new[]
    {
        NotificationEvent.Release, NotificationEvent.Sent, NotificationEvent.Failed, NotificationEvent.Defer,
        NotificationEvent.RetryUnconfirmed, NotificationEvent.LeaveUnconfirmed, NotificationEvent.Expire,
    }.ToDictionary(on => on, on => (Update(on), Counts(on)));

    /// <summary>The row's change.</summary>
    public static string Change(NotificationEvent on) => Events[on].Update;

    /// <summary>The mailing's counters.</summary>
    public static IReadOnlyList<string> CountsOf(NotificationEvent on) => Events[on].Counts;

    // A hold, a pause and a cancel are obeyed here, the last time before the content goes.
    private static string BeginOf(string from, string id, string epoch, string started) => $"""
        INSERT INTO "InFlight" ("NotificationId", "MailboxId", "Epoch", "StartedAt")
        SELECT n."Id", n."MailboxId", n."Epoch", {started} FROM {from}
        WHERE n."Id" = {id} AND n."Epoch" = {epoch} AND (
            EXISTS (SELECT 1 FROM "InFlight" f WHERE f."NotificationId" = {id} AND f."Epoch" = {epoch})
            OR (n."State" = {States.Claimed}
                AND EXISTS (SELECT 1 FROM "Mailboxes" b WHERE b."Id" = n."MailboxId" AND b."Epoch" = {epoch} AND b."Hold" = 'None')
                AND EXISTS (SELECT 1 FROM "Mailings" m WHERE m."Id" = n."MailingId" AND m."State" = {States.ActiveMailing})))
        ON CONFLICT ("NotificationId") DO UPDATE SET "Epoch" = excluded."Epoch"
        RETURNING "NotificationId"
        """;

    private static string StoreOf(string from, string id, string epoch, string values) => $"""
        UPDATE "InFlight" SET ("StartedAt", "SentAt", "Route", "Response") = ({values}) {from}
        WHERE "NotificationId" = {id} AND "Epoch" = {epoch} RETURNING "NotificationId"
        """;

    private static string Update(NotificationEvent on)
    {
        var rows = InHand(on);
        return $"""
            UPDATE "Notifications" SET {TransitionSql.Set(on, rows)}
            WHERE "Id" = @id AND "Epoch" = @epoch AND "State" IN {States.ListOf(rows.Select(t => t.From))} AND {InFlightOf}
            """;
    }

    private static string[] Counts(NotificationEvent on)
    {
        var rows = InHand(on);
        var outcomes = rows.SelectMany(t => t.Results).Where(NotificationTransitions.IsOutcome).Distinct().ToList();
        // Where not each state leads to the same outcome, the row says which it was.
        var certain = rows.SelectMany(t => t.Results).Distinct().Count() == 1;
        return [.. outcomes.Select(to => $"""
            UPDATE "Mailings" SET "{TransitionSql.Counter(to)}" = "{TransitionSql.Counter(to)}" + 1{(to == NotificationState.Sent ? FirstAndLast : "")}
            WHERE "Id" = @mailing AND {InFlightOf}{(certain ? "" : $" AND EXISTS (SELECT 1 FROM \"Notifications\" n WHERE n.\"Id\" = @id AND n.\"State\" = {States.Of(to)})")}
            """)];
    }

    private const string FirstAndLast = """, "FirstSentAt" = COALESCE("FirstSentAt", @now), "LastSentAt" = @now""";

    private static List<Transition> InHand(NotificationEvent on) =>
        [.. NotificationTransitions.Of(on).Where(t => t.From is NotificationState.Claimed or NotificationState.Canceling)];
}
