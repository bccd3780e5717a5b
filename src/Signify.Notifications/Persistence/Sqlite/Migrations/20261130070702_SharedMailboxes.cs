using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Signify.Notifications.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SharedMailboxes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "MailboxKey",
                table: "SettingsRevisions",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MailboxKey",
                table: "PacedSends",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MailboxKey",
                table: "Mailboxes",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            // As Settings.MailboxKey derives it. What was sent in the last day counts on.
            migrationBuilder.Sql(
                """
                UPDATE "SettingsRevisions" SET "MailboxKey" = lower(replace("Cloud", ' ', '') || '/' || "FromEmail") WHERE "SignIn" = 'Token';
                """);
            migrationBuilder.Sql(
                """
                UPDATE "Mailboxes" SET "MailboxKey" = (
                    SELECT r."MailboxKey" FROM "SettingsRevisions" r WHERE r."RulesetId" = "Mailboxes"."RulesetId" AND r."State" = 'Active');
                """);
            migrationBuilder.Sql(
                """
                UPDATE "PacedSends" SET "MailboxKey" = (SELECT b."MailboxKey" FROM "Mailboxes" b WHERE b."Id" = "PacedSends"."MailboxId");
                """);

            migrationBuilder.CreateIndex(
                name: "IX_MailboxKey",
                table: "SettingsRevisions",
                column: "MailboxKey",
                filter: "\"MailboxKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SendsFrom",
                table: "Mailboxes",
                column: "MailboxKey",
                filter: "\"MailboxKey\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_MailboxKey",
                table: "SettingsRevisions");

            migrationBuilder.DropIndex(
                name: "IX_SendsFrom",
                table: "Mailboxes");

            migrationBuilder.DropColumn(
                name: "MailboxKey",
                table: "SettingsRevisions");

            migrationBuilder.DropColumn(
                name: "MailboxKey",
                table: "PacedSends");

            migrationBuilder.DropColumn(
                name: "MailboxKey",
                table: "Mailboxes");
        }
    }
}
