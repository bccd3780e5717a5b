using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Signify.Notifications.Persistence.PostgreSql.Migrations
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
                    NotificationId = table.Column<long>(type: "bigint", nullable: false),
                    MailboxId = table.Column<int>(type: "integer", nullable: false),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InFlight", x => x.NotificationId);
                });

            StateMachineUpgrade.Run(migrationBuilder);

            migrationBuilder.DropColumn(
                name: "CancelRequested",
                table: "Notifications");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "InFlight");

            migrationBuilder.AddColumn<bool>(
                name: "CancelRequested",
                table: "Notifications",
                type: "boolean",
                nullable: false,
                defaultValue: false);
        }
    }
}
