using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Signify.Notifications.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SentResults : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Response",
                table: "InFlight",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Route",
                table: "InFlight",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SentAt",
                table: "InFlight",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Response",
                table: "InFlight");

            migrationBuilder.DropColumn(
                name: "Route",
                table: "InFlight");

            migrationBuilder.DropColumn(
                name: "SentAt",
                table: "InFlight");
        }
    }
}
