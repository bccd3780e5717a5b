using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Signify.Notifications.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class StateMachine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "InFlight",
                columns: table => new
                {
                    NotificationId = table.Column<long>(type: "INTEGER", nullable: false),
                    MailboxId = table.Column<int>(type: "INTEGER", nullable: false),
                    Epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InFlight", x => x.NotificationId);
                });

            StateMachineUpgrade.Run(migrationBuilder);

            // EF would copy the whole table.
            migrationBuilder.Sql("""ALTER TABLE "Notifications" DROP COLUMN "CancelRequested" """);
            migrationBuilder.Sql("""DROP TABLE IF EXISTS "SendJournals" """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "InFlight");

            migrationBuilder.AddColumn<bool>(
                name: "CancelRequested",
                table: "Notifications",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }
    }
}
