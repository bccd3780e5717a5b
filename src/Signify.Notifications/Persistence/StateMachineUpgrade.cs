using Microsoft.EntityFrameworkCore.Migrations;

namespace Signify.Notifications.Persistence;

/// <summary>
/// Carries version 0.1's rows over: state 4 was "sending", and a flag said that a row was to be canceled. Its numbers stay as they were
/// then.
/// </summary>
internal static class StateMachineUpgrade
{
    private static readonly string[] Statements =
    [
        """
        INSERT INTO "InFlight" ("NotificationId", "MailboxId", "Epoch", "StartedAt")
        SELECT "Id", "MailboxId", "Epoch", "AcceptedAt" FROM "Notifications" WHERE "State" = 4
        """,
        """UPDATE "Notifications" SET "Attempts" = "Attempts" - 1 WHERE "State" = 4 AND "Attempts" > 0""",
        """UPDATE "Notifications" SET "State" = CASE WHEN "CancelRequested" THEN 4 ELSE 3 END WHERE "State" IN (3, 4)""",
        // Version 0.1 forgot a cancel when a claimed row returned to the queue.
        """
        UPDATE "Mailings" SET "Cancelled" = "Cancelled" + (SELECT COUNT(*) FROM "Notifications" n
            WHERE n."MailingId" = "Mailings"."Id" AND n."State" < 3 AND n."CancelRequested")
        WHERE "Id" IN (SELECT n."MailingId" FROM "Notifications" n WHERE n."State" < 3 AND n."CancelRequested")
        """,
        """UPDATE "Notifications" SET "State" = 8, "EndedAt" = "DueAt" WHERE "State" < 3 AND "CancelRequested" """,
    ];

    public static void Run(MigrationBuilder migration)
    {
        foreach (var statement in Statements)
        {
            migration.Sql(statement);
        }
    }
}
