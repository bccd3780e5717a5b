namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// Which process lives, on PostgreSQL and by its clock alone: machines need not agree on the time. A mailbox goes from one process to
/// another only when the first has released it or has not been seen for eight seconds: two that cannot see each other do not take
/// it from each other in mid-message.
/// </summary>
internal static class LeaseSql
{
    /// <summary>How long a process that is not seen counts as alive, in seconds: four missed beats.</summary>
    private const string Lease = "8";

    public const string Beat = """
        INSERT INTO "SenderProcesses" ("Id", "SeenAt") VALUES (@owner, clock_timestamp())
        ON CONFLICT ("Id") DO UPDATE SET "SeenAt" = clock_timestamp()
        """;

    public const string Leave = """DELETE FROM "SenderProcesses" WHERE "Id" = @owner OR "SeenAt" < clock_timestamp() - interval '1 day'""";

    // It beats itself first: who takes over is alive.
    public const string TakeOver = $"""
        WITH me AS ({Beat})
        UPDATE "Mailboxes" b SET "Epoch" = "Epoch" + 1, "Owner" = @owner
        WHERE b."Id" = @mailbox AND (b."Owner" IS NULL OR b."Owner" = @owner OR NOT EXISTS (
            SELECT 1 FROM "SenderProcesses" p WHERE p."Id" = b."Owner" AND p."SeenAt" > clock_timestamp() - interval '{Lease} seconds'))
        RETURNING "Epoch"
        """;

    /// <summary>Each living process with the mailboxes that it sends for at present.</summary>
    public const string Shares = $"""
        SELECT p."Id", COALESCE(array_agg(b."Id") FILTER (WHERE b."Id" IS NOT NULL), ARRAY[]::integer[])
        FROM "SenderProcesses" p LEFT JOIN "Mailboxes" b ON b."Owner" = p."Id"
        WHERE p."SeenAt" > clock_timestamp() - interval '{Lease} seconds' GROUP BY p."Id"
        """;
}
