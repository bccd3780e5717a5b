using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Signify.Notifications.Persistence.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class InlineImagesAndReplyTo : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ReplyTo",
                table: "MailingContents",
                type: "text",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "ContentId",
                table: "MailingAttachments",
                type: "text",
                maxLength: 200,
                nullable: true,
                collation: "C");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ReplyTo",
                table: "MailingContents");

            migrationBuilder.DropColumn(
                name: "ContentId",
                table: "MailingAttachments");
        }
    }
}
