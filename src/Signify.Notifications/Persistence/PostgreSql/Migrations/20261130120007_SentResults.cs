using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Signify.Notifications.Persistence.PostgreSql.Migrations
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
                type: "text",
                maxLength: 2000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "Route",
                table: "InFlight",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SentAt",
                table: "InFlight",
                type: "bigint",
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
