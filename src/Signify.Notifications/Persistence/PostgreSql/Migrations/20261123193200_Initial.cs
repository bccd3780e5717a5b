using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Signify.Notifications.Persistence.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ClusterMembers",
                columns: table => new
                {
                    ClusterId = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    Silo = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    Status = table.Column<string>(type: "text", maxLength: 20, nullable: false, collation: "C"),
                    HostName = table.Column<string>(type: "text", maxLength: 255, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 255, nullable: false, collation: "C"),
                    SuspectedBy = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    AliveAt = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClusterMembers", x => new { x.ClusterId, x.Silo });
                });

            migrationBuilder.CreateTable(
                name: "ClusterViews",
                columns: table => new
                {
                    ClusterId = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClusterViews", x => x.ClusterId);
                });

            migrationBuilder.CreateTable(
                name: "DataProtectionKeys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    FriendlyName = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Xml = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DataProtectionKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Rulesets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", maxLength: 200, nullable: false, collation: "C"),
                    SortName = table.Column<string>(type: "text", maxLength: 200, nullable: false, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rulesets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SenderProcesses",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    SeenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SenderProcesses", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Users",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    LastSignInAt = table.Column<long>(type: "bigint", nullable: true),
                    UserName = table.Column<string>(type: "text", maxLength: 320, nullable: true, collation: "C"),
                    NormalizedUserName = table.Column<string>(type: "text", maxLength: 320, nullable: true, collation: "C"),
                    Email = table.Column<string>(type: "text", maxLength: 320, nullable: true, collation: "C"),
                    NormalizedEmail = table.Column<string>(type: "text", maxLength: 320, nullable: true, collation: "C"),
                    EmailConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    PasswordHash = table.Column<string>(type: "text", maxLength: 400, nullable: true, collation: "C"),
                    SecurityStamp = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    ConcurrencyStamp = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    PhoneNumber = table.Column<string>(type: "text", maxLength: 40, nullable: true, collation: "C"),
                    PhoneNumberConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    TwoFactorEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    LockoutEnd = table.Column<long>(type: "bigint", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Users", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Alerts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RulesetId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "text", maxLength: 40, nullable: false, collation: "C"),
                    About = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    Subject = table.Column<string>(type: "text", maxLength: 200, nullable: false, collation: "C"),
                    Text = table.Column<string>(type: "text", maxLength: 2000, nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Alerts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Alerts_Rulesets_RulesetId",
                        column: x => x.RulesetId,
                        principalTable: "Rulesets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AlertSettings",
                columns: table => new
                {
                    RulesetId = table.Column<Guid>(type: "uuid", nullable: false),
                    MailAdministrators = table.Column<bool>(type: "boolean", nullable: false),
                    ExtraAddresses = table.Column<string>(type: "text", maxLength: 5200, nullable: false, collation: "C"),
                    WebhookUrl = table.Column<string>(type: "text", maxLength: 2000, nullable: true, collation: "C"),
                    WebhookSecret_Ciphertext = table.Column<string>(type: "text", maxLength: 8000, nullable: true, collation: "C"),
                    WebhookSecret_Fingerprint = table.Column<string>(type: "text", maxLength: 6, nullable: true, collation: "C"),
                    WebhookSecret_SetAt = table.Column<long>(type: "bigint", nullable: true),
                    WebhookSecret_SetBy = table.Column<string>(type: "text", maxLength: 320, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlertSettings", x => x.RulesetId);
                    table.ForeignKey(
                        name: "FK_AlertSettings_Rulesets_RulesetId",
                        column: x => x.RulesetId,
                        principalTable: "Rulesets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ApiKeys",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RulesetId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    Prefix = table.Column<string>(type: "text", maxLength: 12, nullable: false, collation: "C"),
                    Hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Scopes = table.Column<string>(type: "text", maxLength: 60, nullable: false, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    CreatedBy = table.Column<string>(type: "text", maxLength: 320, nullable: false, collation: "C"),
                    LastUsedAt = table.Column<long>(type: "bigint", nullable: true),
                    RevokedAt = table.Column<long>(type: "bigint", nullable: true),
                    RevokedBy = table.Column<string>(type: "text", maxLength: 320, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiKeys", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ApiKeys_Rulesets_RulesetId",
                        column: x => x.RulesetId,
                        principalTable: "Rulesets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AuditEntries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RulesetId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    By = table.Column<string>(type: "text", maxLength: 320, nullable: false, collation: "C"),
                    Action = table.Column<string>(type: "text", maxLength: 40, nullable: false, collation: "C"),
                    Target = table.Column<string>(type: "text", maxLength: 400, nullable: false, collation: "C"),
                    Details = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C")
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
                name: "Health",
                columns: table => new
                {
                    RulesetId = table.Column<Guid>(type: "uuid", nullable: false),
                    RevisionId = table.Column<Guid>(type: "uuid", nullable: true),
                    CheckedAt = table.Column<long>(type: "bigint", nullable: true),
                    Passed = table.Column<bool>(type: "boolean", nullable: true),
                    Code = table.Column<string>(type: "text", maxLength: 40, nullable: true, collation: "C"),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    Step = table.Column<int>(type: "integer", nullable: false),
                    NextCheckAt = table.Column<long>(type: "bigint", nullable: false),
                    ClaimedAt = table.Column<long>(type: "bigint", nullable: true),
                    Hold = table.Column<string>(type: "text", maxLength: 20, nullable: false, collation: "C"),
                    HeldAt = table.Column<long>(type: "bigint", nullable: true),
                    LastHeldAt = table.Column<long>(type: "bigint", nullable: true),
                    NoticedEndsOn = table.Column<DateOnly>(type: "date", nullable: true),
                    NoticedDays = table.Column<int>(type: "integer", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Health", x => x.RulesetId);
                    table.ForeignKey(
                        name: "FK_Health_Rulesets_RulesetId",
                        column: x => x.RulesetId,
                        principalTable: "Rulesets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Mailboxes",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:IdentitySequenceOptions", "'1000', '1', '', '', 'False', '1'")
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    RulesetId = table.Column<Guid>(type: "uuid", nullable: false),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    Owner = table.Column<string>(type: "text", maxLength: 100, nullable: true, collation: "C"),
                    ControlVersion = table.Column<long>(type: "bigint", nullable: false),
                    Turn = table.Column<long>(type: "bigint", nullable: false),
                    SinglesTurn = table.Column<long>(type: "bigint", nullable: false),
                    Hold = table.Column<string>(type: "text", maxLength: 20, nullable: false, collation: "C"),
                    HeldAt = table.Column<long>(type: "bigint", nullable: true),
                    HeldBy = table.Column<string>(type: "text", maxLength: 320, nullable: true, collation: "C"),
                    HoldCode = table.Column<string>(type: "text", maxLength: 40, nullable: true, collation: "C"),
                    HoldWords = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    WaitUntil = table.Column<long>(type: "bigint", nullable: true),
                    WaitCode = table.Column<string>(type: "text", maxLength: 40, nullable: true, collation: "C"),
                    WaitWords = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    Waits = table.Column<int>(type: "integer", nullable: false),
                    PaceShare = table.Column<double>(type: "double precision", nullable: false),
                    PaceSharedAt = table.Column<long>(type: "bigint", nullable: true),
                    RetentionDays = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Mailboxes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Mailboxes_Rulesets_RulesetId",
                        column: x => x.RulesetId,
                        principalTable: "Rulesets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SettingsRevisions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RulesetId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<string>(type: "text", maxLength: 20, nullable: false, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    CreatedBy = table.Column<string>(type: "text", maxLength: 320, nullable: false, collation: "C"),
                    RestoredFrom = table.Column<int>(type: "integer", nullable: true),
                    TookOverFrom = table.Column<int>(type: "integer", nullable: true),
                    ActivatedAt = table.Column<long>(type: "bigint", nullable: true),
                    RetiredAt = table.Column<long>(type: "bigint", nullable: true),
                    ActiveRoute = table.Column<string>(type: "text", maxLength: 20, nullable: true, collation: "C"),
                    PassedAt = table.Column<long>(type: "bigint", nullable: true),
                    GraphProvedAt = table.Column<long>(type: "bigint", nullable: true),
                    SignIn = table.Column<string>(type: "text", maxLength: 20, nullable: false, collation: "C"),
                    ServerName = table.Column<string>(type: "text", maxLength: 255, nullable: false, collation: "C"),
                    Port = table.Column<int>(type: "integer", nullable: false),
                    Timeout = table.Column<TimeSpan>(type: "interval", nullable: false),
                    BatchSize = table.Column<string>(type: "text", maxLength: 20, nullable: false, collation: "C"),
                    FromEmail = table.Column<string>(type: "text", maxLength: 320, nullable: false, collation: "C"),
                    FromName = table.Column<string>(type: "text", maxLength: 200, nullable: true, collation: "C"),
                    UserName = table.Column<string>(type: "text", maxLength: 320, nullable: true, collation: "C"),
                    Password_Ciphertext = table.Column<string>(type: "text", maxLength: 8000, nullable: true, collation: "C"),
                    Password_Fingerprint = table.Column<string>(type: "text", maxLength: 6, nullable: true, collation: "C"),
                    Password_SetAt = table.Column<long>(type: "bigint", nullable: true),
                    Password_SetBy = table.Column<string>(type: "text", maxLength: 320, nullable: true, collation: "C"),
                    ClientId = table.Column<string>(type: "text", maxLength: 40, nullable: true, collation: "C"),
                    Credential = table.Column<string>(type: "text", maxLength: 20, nullable: false, collation: "C"),
                    ClientSecret_Ciphertext = table.Column<string>(type: "text", maxLength: 8000, nullable: true, collation: "C"),
                    ClientSecret_Fingerprint = table.Column<string>(type: "text", maxLength: 6, nullable: true, collation: "C"),
                    ClientSecret_SetAt = table.Column<long>(type: "bigint", nullable: true),
                    ClientSecret_SetBy = table.Column<string>(type: "text", maxLength: 320, nullable: true, collation: "C"),
                    SecretExpiresOn = table.Column<DateOnly>(type: "date", nullable: true),
                    StandbySecret_Ciphertext = table.Column<string>(type: "text", maxLength: 8000, nullable: true, collation: "C"),
                    StandbySecret_Fingerprint = table.Column<string>(type: "text", maxLength: 6, nullable: true, collation: "C"),
                    StandbySecret_SetAt = table.Column<long>(type: "bigint", nullable: true),
                    StandbySecret_SetBy = table.Column<string>(type: "text", maxLength: 320, nullable: true, collation: "C"),
                    StandbySecretExpiresOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Certificate_Subject = table.Column<string>(type: "text", maxLength: 1000, nullable: true, collation: "C"),
                    Certificate_Thumbprint = table.Column<string>(type: "text", maxLength: 40, nullable: true, collation: "C"),
                    Certificate_Sha256 = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    Certificate_NotBefore = table.Column<long>(type: "bigint", nullable: true),
                    Certificate_NotAfter = table.Column<long>(type: "bigint", nullable: true),
                    Certificate_PublicPart = table.Column<string>(type: "text", maxLength: 64000, nullable: true, collation: "C"),
                    Certificate_MadeHere = table.Column<bool>(type: "boolean", nullable: true),
                    CertificateKey_Ciphertext = table.Column<string>(type: "text", maxLength: 32000, nullable: true, collation: "C"),
                    CertificateKey_Fingerprint = table.Column<string>(type: "text", maxLength: 6, nullable: true, collation: "C"),
                    CertificateKey_SetAt = table.Column<long>(type: "bigint", nullable: true),
                    CertificateKey_SetBy = table.Column<string>(type: "text", maxLength: 320, nullable: true, collation: "C"),
                    TenantId = table.Column<string>(type: "text", maxLength: 255, nullable: true, collation: "C"),
                    Cloud = table.Column<string>(type: "text", maxLength: 60, nullable: false, collation: "C"),
                    Route = table.Column<string>(type: "text", maxLength: 20, nullable: false, collation: "C")
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
                name: "Invitations",
                columns: table => new
                {
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    TokenHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: false),
                    CreatedBy = table.Column<string>(type: "text", maxLength: 320, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Invitations", x => x.UserId);
                    table.ForeignKey(
                        name: "FK_Invitations_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RulesetMembers",
                columns: table => new
                {
                    RulesetId = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    Role = table.Column<string>(type: "text", maxLength: 20, nullable: false, collation: "C"),
                    OfferHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    OfferExpiresAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RulesetMembers", x => new { x.RulesetId, x.UserId });
                    table.ForeignKey(
                        name: "FK_RulesetMembers_Rulesets_RulesetId",
                        column: x => x.RulesetId,
                        principalTable: "Rulesets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_RulesetMembers_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserClaims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    ClaimType = table.Column<string>(type: "text", maxLength: 256, nullable: true, collation: "C"),
                    ClaimValue = table.Column<string>(type: "text", maxLength: 1024, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_UserClaims_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserLogins",
                columns: table => new
                {
                    LoginProvider = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    ProviderKey = table.Column<string>(type: "text", maxLength: 256, nullable: false, collation: "C"),
                    ProviderDisplayName = table.Column<string>(type: "text", maxLength: 256, nullable: true, collation: "C"),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserLogins", x => new { x.LoginProvider, x.ProviderKey });
                    table.ForeignKey(
                        name: "FK_UserLogins_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserPasskeys",
                columns: table => new
                {
                    CredentialId = table.Column<byte[]>(type: "bytea", maxLength: 1023, nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    Data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserPasskeys", x => x.CredentialId);
                    table.ForeignKey(
                        name: "FK_UserPasskeys_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserTokens",
                columns: table => new
                {
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    LoginProvider = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 128, nullable: false, collation: "C"),
                    Value = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserTokens", x => new { x.UserId, x.LoginProvider, x.Name });
                    table.ForeignKey(
                        name: "FK_UserTokens_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AlertDeliveries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    AlertId = table.Column<Guid>(type: "uuid", nullable: false),
                    Channel = table.Column<string>(type: "text", maxLength: 20, nullable: false, collation: "C"),
                    State = table.Column<string>(type: "text", maxLength: 20, nullable: false, collation: "C"),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    DueAt = table.Column<long>(type: "bigint", nullable: false),
                    LastAt = table.Column<long>(type: "bigint", nullable: true),
                    LastWords = table.Column<string>(type: "text", maxLength: 300, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlertDeliveries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AlertDeliveries_Alerts_AlertId",
                        column: x => x.AlertId,
                        principalTable: "Alerts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HandInKeys",
                columns: table => new
                {
                    MailboxId = table.Column<int>(type: "integer", nullable: false),
                    Key = table.Column<string>(type: "text", maxLength: 255, nullable: false, collation: "C"),
                    BodyHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    MailingId = table.Column<long>(type: "bigint", nullable: false),
                    Answer = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HandInKeys", x => new { x.MailboxId, x.Key });
                    table.ForeignKey(
                        name: "FK_HandInKeys_Mailboxes_MailboxId",
                        column: x => x.MailboxId,
                        principalTable: "Mailboxes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Mailings",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    MailboxId = table.Column<int>(type: "integer", nullable: false),
                    OfOne = table.Column<bool>(type: "boolean", nullable: false),
                    Name = table.Column<string>(type: "text", maxLength: 200, nullable: false, collation: "C"),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Priority = table.Column<int>(type: "integer", nullable: false),
                    OnDoubt = table.Column<int>(type: "integer", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    CreatedBy = table.Column<string>(type: "text", maxLength: 320, nullable: false, collation: "C"),
                    NotBefore = table.Column<long>(type: "bigint", nullable: true),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: true),
                    MessageIdSuffix = table.Column<string>(type: "text", maxLength: 300, nullable: false, collation: "C"),
                    TraceParent = table.Column<string>(type: "text", maxLength: 55, nullable: true, collation: "C"),
                    RowsFollow = table.Column<bool>(type: "boolean", nullable: false),
                    Total = table.Column<int>(type: "integer", nullable: false),
                    Sent = table.Column<int>(type: "integer", nullable: false),
                    Failed = table.Column<int>(type: "integer", nullable: false),
                    InDoubt = table.Column<int>(type: "integer", nullable: false),
                    Cancelled = table.Column<int>(type: "integer", nullable: false),
                    Expired = table.Column<int>(type: "integer", nullable: false),
                    FirstSentAt = table.Column<long>(type: "bigint", nullable: true),
                    LastSentAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Mailings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Mailings_Mailboxes_MailboxId",
                        column: x => x.MailboxId,
                        principalTable: "Mailboxes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "OutcomeTallies",
                columns: table => new
                {
                    MailboxId = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Sent = table.Column<int>(type: "integer", nullable: false),
                    Failed = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutcomeTallies", x => new { x.MailboxId, x.At });
                    table.ForeignKey(
                        name: "FK_OutcomeTallies_Mailboxes_MailboxId",
                        column: x => x.MailboxId,
                        principalTable: "Mailboxes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PacedSends",
                columns: table => new
                {
                    MailboxId = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    NotificationId = table.Column<long>(type: "bigint", nullable: false),
                    Recipients = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PacedSends", x => new { x.MailboxId, x.At, x.NotificationId });
                    table.ForeignKey(
                        name: "FK_PacedSends_Mailboxes_MailboxId",
                        column: x => x.MailboxId,
                        principalTable: "Mailboxes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Checks",
                columns: table => new
                {
                    RevisionId = table.Column<Guid>(type: "uuid", nullable: false),
                    RulesetId = table.Column<Guid>(type: "uuid", nullable: false),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    Passed = table.Column<bool>(type: "boolean", nullable: false),
                    Report = table.Column<string>(type: "text", nullable: false, collation: "C")
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

            migrationBuilder.CreateTable(
                name: "MailingAttachments",
                columns: table => new
                {
                    MailingId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "text", maxLength: 255, nullable: false, collation: "C"),
                    ContentType = table.Column<string>(type: "text", maxLength: 255, nullable: false, collation: "C"),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailingAttachments", x => new { x.MailingId, x.Number });
                    table.ForeignKey(
                        name: "FK_MailingAttachments_Mailings_MailingId",
                        column: x => x.MailingId,
                        principalTable: "Mailings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "MailingContents",
                columns: table => new
                {
                    MailingId = table.Column<long>(type: "bigint", nullable: false),
                    Subject = table.Column<string>(type: "text", maxLength: 2000, nullable: false, collation: "C"),
                    Text = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Html = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Merges = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailingContents", x => x.MailingId);
                    table.ForeignKey(
                        name: "FK_MailingContents_Mailings_MailingId",
                        column: x => x.MailingId,
                        principalTable: "Mailings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Notifications",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    MailboxId = table.Column<int>(type: "integer", nullable: false),
                    MailingId = table.Column<long>(type: "bigint", nullable: false),
                    To = table.Column<string>(type: "text", maxLength: 320, nullable: false, collation: "C"),
                    ToName = table.Column<string>(type: "text", maxLength: 200, nullable: true, collation: "C"),
                    Cc = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    Fields = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Priority = table.Column<int>(type: "integer", nullable: false),
                    Turn = table.Column<long>(type: "bigint", nullable: false),
                    DueAt = table.Column<long>(type: "bigint", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: true),
                    AcceptedAt = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    CancelRequested = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notifications", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Notifications_Mailings_MailingId",
                        column: x => x.MailingId,
                        principalTable: "Mailings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Attempts",
                columns: table => new
                {
                    NotificationId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<long>(type: "bigint", nullable: false),
                    Route = table.Column<int>(type: "integer", nullable: false),
                    Outcome = table.Column<int>(type: "integer", nullable: false),
                    Code = table.Column<string>(type: "text", maxLength: 40, nullable: true, collation: "C"),
                    Words = table.Column<string>(type: "text", maxLength: 2000, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Attempts", x => new { x.NotificationId, x.Number });
                    table.ForeignKey(
                        name: "FK_Attempts_Notifications_NotificationId",
                        column: x => x.NotificationId,
                        principalTable: "Notifications",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "Rulesets",
                columns: new[] { "Id", "CreatedAt", "Name", "SortName" },
                values: new object[] { new Guid("00000000-0000-0000-0000-000000000001"), 621355968000000000L, "Default", "DEFAULT" });

            migrationBuilder.InsertData(
                table: "Mailboxes",
                columns: new[] { "Id", "ControlVersion", "Epoch", "HeldAt", "HeldBy", "Hold", "HoldCode", "HoldWords", "Owner", "PaceShare", "PaceSharedAt", "RetentionDays", "RulesetId", "SinglesTurn", "Turn", "WaitCode", "WaitUntil", "WaitWords", "Waits" },
                values: new object[] { 1, 0L, 0L, null, null, "None", null, null, null, 1.0, null, null, new Guid("00000000-0000-0000-0000-000000000001"), 0L, 0L, null, null, null, 0 });

            migrationBuilder.CreateIndex(
                name: "IX_AlertDeliveries_AlertId",
                table: "AlertDeliveries",
                column: "AlertId");

            migrationBuilder.CreateIndex(
                name: "IX_AlertsToTell",
                table: "AlertDeliveries",
                column: "DueAt",
                filter: "\"State\" = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_RulesetId_At",
                table: "Alerts",
                columns: new[] { "RulesetId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_OneOpenAlert",
                table: "Alerts",
                columns: new[] { "RulesetId", "Kind", "About" },
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ApiKeys_Hash",
                table: "ApiKeys",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ApiKeys_Name",
                table: "ApiKeys",
                columns: new[] { "RulesetId", "Name" },
                unique: true,
                filter: "\"RevokedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_RulesetId_At_Id",
                table: "AuditEntries",
                columns: new[] { "RulesetId", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Checks_RulesetId",
                table: "Checks",
                column: "RulesetId");

            migrationBuilder.CreateIndex(
                name: "IX_HandInKeys_CreatedAt",
                table: "HandInKeys",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Health_NextCheckAt",
                table: "Health",
                column: "NextCheckAt");

            migrationBuilder.CreateIndex(
                name: "IX_Invitations_TokenHash",
                table: "Invitations",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Mailboxes_RulesetId",
                table: "Mailboxes",
                column: "RulesetId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Owned",
                table: "Mailboxes",
                column: "Owner",
                filter: "\"Owner\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_MailingsListed",
                table: "Mailings",
                columns: new[] { "MailboxId", "OfOne", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_MailingsNotActive",
                table: "Mailings",
                columns: new[] { "MailboxId", "State" },
                filter: "\"State\" <> 1");

            migrationBuilder.CreateIndex(
                name: "IX_MailingsRowsFollow",
                table: "Mailings",
                columns: new[] { "MailboxId", "Id" },
                filter: "\"RowsFollow\"");

            migrationBuilder.CreateIndex(
                name: "IX_MailingsUnfinished",
                table: "Mailings",
                columns: new[] { "MailboxId", "Id" },
                filter: "\"Total\" > \"Sent\" + \"Failed\" + \"InDoubt\" + \"Cancelled\" + \"Expired\"");

            migrationBuilder.CreateIndex(
                name: "IX_Activity",
                table: "Notifications",
                columns: new[] { "MailboxId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Expiring",
                table: "Notifications",
                columns: new[] { "MailboxId", "ExpiresAt" },
                filter: "\"ExpiresAt\" IS NOT NULL AND \"State\" < 3");

            migrationBuilder.CreateIndex(
                name: "IX_InHand",
                table: "Notifications",
                columns: new[] { "MailboxId", "Epoch" },
                filter: "\"State\" IN (3, 4)");

            migrationBuilder.CreateIndex(
                name: "IX_OfMailing",
                table: "Notifications",
                columns: new[] { "MailingId", "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Outcomes",
                table: "Notifications",
                columns: new[] { "MailboxId", "State", "Id" },
                filter: "\"State\" >= 5");

            migrationBuilder.CreateIndex(
                name: "IX_Queue",
                table: "Notifications",
                columns: new[] { "MailboxId", "Priority", "Turn", "Id" },
                filter: "\"State\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_Scheduled",
                table: "Notifications",
                columns: new[] { "MailboxId", "DueAt" },
                filter: "\"State\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_To",
                table: "Notifications",
                columns: new[] { "MailboxId", "To", "Id" },
                descending: new[] { false, false, true });

            migrationBuilder.CreateIndex(
                name: "IX_RulesetMembers_OfferHash",
                table: "RulesetMembers",
                column: "OfferHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RulesetMembers_UserId_RulesetId",
                table: "RulesetMembers",
                columns: new[] { "UserId", "RulesetId" });

            migrationBuilder.CreateIndex(
                name: "IX_Rulesets_SortName",
                table: "Rulesets",
                column: "SortName",
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

            migrationBuilder.CreateIndex(
                name: "IX_UserClaims_UserId",
                table: "UserClaims",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_UserLogins_UserId",
                table: "UserLogins",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_UserPasskeys_UserId",
                table: "UserPasskeys",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_Users_Email",
                table: "Users",
                column: "NormalizedEmail",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Users_UserName",
                table: "Users",
                column: "NormalizedUserName",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AlertDeliveries");

            migrationBuilder.DropTable(
                name: "AlertSettings");

            migrationBuilder.DropTable(
                name: "ApiKeys");

            migrationBuilder.DropTable(
                name: "Attempts");

            migrationBuilder.DropTable(
                name: "AuditEntries");

            migrationBuilder.DropTable(
                name: "Checks");

            migrationBuilder.DropTable(
                name: "ClusterMembers");

            migrationBuilder.DropTable(
                name: "ClusterViews");

            migrationBuilder.DropTable(
                name: "DataProtectionKeys");

            migrationBuilder.DropTable(
                name: "HandInKeys");

            migrationBuilder.DropTable(
                name: "Health");

            migrationBuilder.DropTable(
                name: "Invitations");

            migrationBuilder.DropTable(
                name: "MailingAttachments");

            migrationBuilder.DropTable(
                name: "MailingContents");

            migrationBuilder.DropTable(
                name: "OutcomeTallies");

            migrationBuilder.DropTable(
                name: "PacedSends");

            migrationBuilder.DropTable(
                name: "RulesetMembers");

            migrationBuilder.DropTable(
                name: "SenderProcesses");

            migrationBuilder.DropTable(
                name: "UserClaims");

            migrationBuilder.DropTable(
                name: "UserLogins");

            migrationBuilder.DropTable(
                name: "UserPasskeys");

            migrationBuilder.DropTable(
                name: "UserTokens");

            migrationBuilder.DropTable(
                name: "Alerts");

            migrationBuilder.DropTable(
                name: "Notifications");

            migrationBuilder.DropTable(
                name: "SettingsRevisions");

            migrationBuilder.DropTable(
                name: "Users");

            migrationBuilder.DropTable(
                name: "Mailings");

            migrationBuilder.DropTable(
                name: "Mailboxes");

            migrationBuilder.DropTable(
                name: "Rulesets");
        }
    }
}
