using System.Globalization;
using System.Text;

namespace Signify.Notifications.Delivery.Model;

/// <summary>
/// The table as SQL that SQLite and PostgreSQL share. Parameters: <c>@now</c>; <c>@due</c>, <c>@used</c> and <c>@epoch</c> where the
/// event needs them (<see cref="EventRule"/>). Times are UTC ticks.
/// </summary>
internal static class TransitionSql
{
    private static readonly (NotificationState State, string Column)[] Counters =
    [
        (NotificationState.Sent, "Sent"), (NotificationState.Failed, "Failed"), (NotificationState.InDoubt, "InDoubt"),
        (NotificationState.Cancelled, "Cancelled"), (NotificationState.Expired, "Expired"),
    ];

    /// <summary>
    /// Changes the rows that <paramref name="where"/> names and that the event concerns; returns each one's mailing and new state.
    /// </summary>
    /// <param name="from">Only rows in this state; required where the event leads out of an outcome, as its counter changes too.</param>
    public static string Update(NotificationEvent on, NotificationState? from, string where, bool late = false)
    {
        var rows = NotificationTransitions.Of(on, late).Where(t => from is null || t.From == from).ToList();
        return $"""
            UPDATE "Notifications" SET {Set(on, rows)}
            WHERE "State" IN {States.ListOf(rows.Select(t => t.From))} AND {where}
            RETURNING "MailingId", "State"
            """;
    }

    /// <summary>The assignments of an event.</summary>
    /// <param name="now">In place of the parameter: an expression, for statements that change rows of different times.</param>
    /// <param name="used">In place of the parameter.</param>
    public static string Set(NotificationEvent on, IReadOnlyList<Transition> rows, string now = "@now", string used = "@used")
    {
        var rule = NotificationTransitions.Rules[on];
        var set = new StringBuilder($"\"State\" = {Case(rows, State)}");
        if (Case(rows, t => EndedAt(t, now)) is var ended && ended != "\"EndedAt\"")
        {
            set.Append(CultureInfo.InvariantCulture, $", \"EndedAt\" = {ended}");
        }

        set.Append(rule.Attempts switch
        {
            AttemptEffect.Count => $", \"Attempts\" = \"Attempts\" + {used}",
            AttemptEffect.Reset => ", \"Attempts\" = 0",
            _ => "",
        });
        set.Append(rule.Due switch { DueEffect.Given => ", \"DueAt\" = @due", DueEffect.Now => $", \"DueAt\" = {now}", _ => "" });
        set.Append(rule.ClearsPastExpiry ? $", \"ExpiresAt\" = CASE WHEN \"ExpiresAt\" <= {now} THEN NULL ELSE \"ExpiresAt\" END" : "");
        set.Append(on == NotificationEvent.Claim ? ", \"Epoch\" = @epoch" : "");
        return set.ToString();
    }

    /// <summary>The mailing's column that counts an outcome; null for a state that is none: it is what is left of the total.</summary>
    public static string? Counter(NotificationState state) => Array.Find(Counters, c => c.State == state).Column;

    /// <summary>Adds <c>@amount</c> to a mailing's counter.</summary>
    public static string Count(string column) => $"""UPDATE "Mailings" SET "{column}" = "{column}" + @amount WHERE "Id" = @mailing""";

    private static string State(Transition t) => t.MayBeUnconfirmed
        ? $"""
            CASE WHEN EXISTS (SELECT 1 FROM "Attempts" a WHERE a."NotificationId" = "Notifications"."Id" AND a."Outcome" = {(int)AttemptOutcome.InDoubt})
            THEN {States.InDoubt} ELSE {States.Of(t.To)} END
            """
        : States.Of(t.To);

    private static string EndedAt(Transition t, string now) => (NotificationTransitions.IsOutcome(t.From), NotificationTransitions.IsOutcome(t.To)) switch
    {
        (false, true) => now,
        (true, false) => "NULL",
        _ => "\"EndedAt\"",
    };

    private static string Case(IReadOnlyList<Transition> rows, Func<Transition, string> value)
    {
        var values = rows.Select(value).Distinct().ToList();
        return values.Count == 1
            ? values[0]
            : $"CASE \"State\" {string.Join(' ', rows.Select(t => $"WHEN {States.Of(t.From)} THEN {value(t)}"))} END";
    }
}
