using System.Data;
using Signify.Notifications.Delivery.Model;

namespace Signify.Notifications.Delivery.Sending.Recording;

/// <summary>One statement of a commit.</summary>
/// <param name="Began">The line that begins when the statement returns a row.</param>
/// <param name="Ended">The line whose message was in flight when the statement returns a row.</param>
internal sealed record RecordStatement(string Sql, RecordValue[] Values, RecordLine? Began = null, RecordLine? Ended = null)
{
    public static readonly long QuarterTicks = TimeSpan.FromMinutes(15).Ticks;

    public bool Returns => Began is not null || Ended is not null;

    /// <summary>Everything that some lines change, in order.</summary>
    public static IEnumerable<RecordStatement> For(IEnumerable<RecordLine> lines) => lines.SelectMany(line => Result(line).Concat(Begin(line)));

    /// <summary>An attempt that another owner's sweep did not know of.</summary>
    public static RecordStatement LateAttempt(Ending e) => new(RecordSql.LateAttempt, AttemptValues(e, e.Attempt!));

    /// <summary>How a message ended.</summary>
    public static IEnumerable<RecordStatement> Result(RecordLine line)
    {
        if (line.IsSettledLater)
        {
            yield return new(RecordSql.Store, AttemptValues(line.Ended!, line.Ended!.Attempt!), Ended: line);
        }
        else if (line.Ended is { } ended)
        {
            foreach (var statement in End(ended))
            {
                yield return statement;
            }

            yield return new(RecordSql.End, [new("id", ended.Of.Id), new("epoch", ended.Of.Epoch)], Ended: line);
        }
    }

    private static IEnumerable<RecordStatement> Begin(RecordLine line)
    {
        if (line.Next is { } next)
        {
            yield return new(RecordSql.Begin, [new("id", next.Id), new("epoch", next.Epoch), new("started", line.StartedAt)], Began: line);
        }
    }

    private static IEnumerable<RecordStatement> End(Ending e)
    {
        RecordValue id = new("id", e.Of.Id), epoch = new("epoch", e.Of.Epoch), now = new("now", e.At.UtcTicks);
        yield return new(RecordSql.Change(e.Event), [id, epoch, now, new("due", (e.DueAt ?? e.At).UtcTicks), new("used", e.UsesNoAttempt ? 0 : 1)]);
        foreach (var count in RecordSql.CountsOf(e.Event))
        {
            yield return new(count, [id, epoch, now, new("mailing", e.Of.MailingId)]);
        }

        if (e.Event is NotificationEvent.Sent or NotificationEvent.Failed)
        {
            var sent = e.Event == NotificationEvent.Sent ? 1 : 0;
            yield return new(RecordSql.Tally, [id, epoch, new("quarter", e.At.UtcTicks - (e.At.UtcTicks % QuarterTicks)), new("sent", sent), new("failed", 1 - sent)]);
        }

        if (e.Attempt is { } attempt)
        {
            yield return new(RecordSql.Attempt, AttemptValues(e, attempt));
        }

        if (e.PacedRecipients > 0)
        {
            yield return new(RecordSql.Paced, [id, epoch, now, new("recipients", e.PacedRecipients)]);
        }
    }

    private static RecordValue[] AttemptValues(Ending e, AttemptMade attempt) =>
    [
        new("id", e.Of.Id), new("epoch", e.Of.Epoch), new("started", attempt.StartedAt.UtcTicks), new("now", e.At.UtcTicks),
        new("route", (int)attempt.Route), new("outcome", (int)attempt.Outcome), new("code", attempt.Code?.ToString()), new("words", attempt.Words),
    ];
}

/// <param name="Name">Without its @.</param>
internal readonly record struct RecordValue(string Name, object? Value, DbType Type)
{
    public RecordValue(string name, long value)
        : this(name, value, DbType.Int64)
    {
    }

    public RecordValue(string name, int value)
        : this(name, value, DbType.Int32)
    {
    }

    public RecordValue(string name, string? value)
        : this(name, value, DbType.String)
    {
    }
}
