using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Signify.Notifications.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Rulesets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rulesets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AuditEntries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RulesetId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 320, nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Target = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Details = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AuditEntries_Rulesets_RulesetId",
                        column: x => x.RulesetId,
                        principalTable: "Rulesets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SettingsRevisions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RulesetId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 320, nullable: false),
                    RestoredFrom = table.Column<int>(type: "INTEGER", nullable: true),
                    ActivatedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RetiredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ActiveRoute = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    GraphProvedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SignIn = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    ServerName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    Port = table.Column<int>(type: "INTEGER", nullable: false),
                    Timeout = table.Column<TimeSpan>(type: "TEXT", nullable: false),
                    BatchSize = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    FromEmail = table.Column<string>(type: "TEXT", maxLength: 320, nullable: false),
                    FromName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    UserName = table.Column<string>(type: "TEXT", maxLength: 320, nullable: true),
                    Password_Ciphertext = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: true),
                    Password_Fingerprint = table.Column<string>(type: "TEXT", maxLength: 6, nullable: true),
                    Password_SetAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Password_SetBy = table.Column<string>(type: "TEXT", maxLength: 320, nullable: true),
                    ClientId = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    ClientSecret_Ciphertext = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: true),
                    ClientSecret_Fingerprint = table.Column<string>(type: "TEXT", maxLength: 6, nullable: true),
                    ClientSecret_SetAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClientSecret_SetBy = table.Column<string>(type: "TEXT", maxLength: 320, nullable: true),
                    SecretExpiresOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    TenantId = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    Cloud = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Route = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SettingsRevisions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SettingsRevisions_Rulesets_RulesetId",
                        column: x => x.RulesetId,
                        principalTable: "Rulesets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Checks",
                columns: table => new
                {
                    RevisionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RulesetId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Passed = table.Column<bool>(type: "INTEGER", nullable: false),
                    Report = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Checks", x => x.RevisionId);
                    table.ForeignKey(
                        name: "FK_Checks_SettingsRevisions_RevisionId",
                        column: x => x.RevisionId,
                        principalTable: "SettingsRevisions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "Rulesets",
                columns: new[] { "Id", "CreatedAt", "Name" },
                values: new object[] { new Guid("00000000-0000-0000-0000-000000000001"), 621355968000000000L, "Default" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_RulesetId_At_Id",
                table: "AuditEntries",
                columns: new[] { "RulesetId", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Checks_RulesetId",
                table: "Checks",
                column: "RulesetId");

            migrationBuilder.CreateIndex(
                name: "IX_Rulesets_Name",
                table: "Rulesets",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OneActive",
                table: "SettingsRevisions",
                column: "RulesetId",
                unique: true,
                filter: "\"State\" = 'Active'");

            migrationBuilder.CreateIndex(
                name: "IX_OneDraft",
                table: "SettingsRevisions",
                column: "RulesetId",
                unique: true,
                filter: "\"State\" = 'Draft'");

            migrationBuilder.CreateIndex(
                name: "IX_SettingsRevisions_RulesetId_Number",
                table: "SettingsRevisions",
                columns: new[] { "RulesetId", "Number" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AuditEntries");

            migrationBuilder.DropTable(
                name: "Checks");

            migrationBuilder.DropTable(
                name: "SettingsRevisions");

            migrationBuilder.DropTable(
                name: "Rulesets");
        }
    }
}
