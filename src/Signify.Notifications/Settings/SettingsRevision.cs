using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Settings;

/// <summary>The settings as one Save left them. Its values never change; its state does.</summary>
public sealed class SettingsRevision
{
    public required Guid Id { get; init; }

    public required Guid RulesetId { get; init; }

    /// <summary>1, 2, 3 … within the ruleset.</summary>
    public required int Number { get; init; }

    public required RevisionState State { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>The revision this one brings back, when it is a roll-back.</summary>
    public int? RestoredFrom { get; init; }

    /// <summary>The revision whose client secret Entra refused, when the program put the standby secret in its place.</summary>
    public int? TookOverFrom { get; init; }

    public DateTimeOffset? ActivatedAt { get; set; }

    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>The route its check chose; null until it is active.</summary>
    public Route? ActiveRoute { get; set; }

    /// <summary>When a check of it passed last. A passing check ends a hold for the configuration.</summary>
    public DateTimeOffset? PassedAt { get; set; }

    /// <summary>When Graph accepted a message for this app and mailbox: the only proof of a right given inside Exchange.</summary>
    public DateTimeOffset? GraphProvedAt { get; set; }

    public required SignIn SignIn { get; init; }

    public required string ServerName { get; init; }

    public required int Port { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required BatchSize BatchSize { get; init; }

    public required string FromEmail { get; init; }

    public string? FromName { get; init; }

    public string? UserName { get; init; }

    public StoredSecret? Password { get; init; }

    public string? ClientId { get; init; }

    public CredentialKind Credential { get; init; }

    public StoredSecret? ClientSecret { get; init; }

    public DateOnly? SecretExpiresOn { get; init; }

    public StoredSecret? StandbySecret { get; init; }

    public DateOnly? StandbySecretExpiresOn { get; init; }

    public CertificateFacts? Certificate { get; init; }

    public StoredSecret? CertificateKey { get; init; }

    public string? TenantId { get; init; }

    public required string Cloud { get; init; }

    public required RouteChoice Route { get; init; }

    /// <summary>The mailbox at Microsoft; null for a relay. Derived, and stored so that the database can compare it.</summary>
    public string? MailboxKey
    {
        get => Settings.MailboxKey.From(SignIn, Cloud, FromEmail);
        private set { }
    }

    /// <summary>The last day of the credential that serves now; null when there is none that ends, or nobody told.</summary>
    public DateOnly? CredentialEndsOn => (SignIn, Credential) switch
    {
        (SignIn.Token, CredentialKind.Secret) => SecretExpiresOn,
        (SignIn.Token, CredentialKind.Certificate) when Certificate is { } certificate => DateOnly.FromDateTime(certificate.NotAfter.UtcDateTime),
        _ => null,
    };
}

internal sealed class SettingsRevisionConfiguration : IEntityTypeConfiguration<SettingsRevision>
{
    public void Configure(EntityTypeBuilder<SettingsRevision> builder)
    {
        builder.ToTable("SettingsRevisions");
        builder.HasOne<Ruleset>().WithMany().HasForeignKey(r => r.RulesetId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => new { r.RulesetId, r.Number }).IsUnique();
        // The database, not only the code, allows one draft and one active revision in a ruleset.
        builder.HasIndex(r => r.RulesetId, "IX_OneDraft").IsUnique().HasFilter("\"State\" = 'Draft'");
        builder.HasIndex(r => r.RulesetId, "IX_OneActive").IsUnique().HasFilter("\"State\" = 'Active'");
        builder.Property(r => r.State).HasConversion<string>().HasMaxLength(20).IsConcurrencyToken();
        builder.Property(r => r.SignIn).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.BatchSize).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.Route).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.ActiveRoute).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.CreatedBy).HasMaxLength(320);
        builder.Property(r => r.ServerName).HasMaxLength(255);
        builder.Property(r => r.FromEmail).HasMaxLength(320);
        builder.Property(r => r.FromName).HasMaxLength(200);
        builder.Property(r => r.UserName).HasMaxLength(320);
        builder.Property(r => r.ClientId).HasMaxLength(40);
        builder.Property(r => r.TenantId).HasMaxLength(255);
        builder.Property(r => r.Cloud).HasMaxLength(60);
        builder.Property(r => r.MailboxKey).HasMaxLength(400).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.HasIndex(r => r.MailboxKey, "IX_MailboxKey").HasFilter("\"MailboxKey\" IS NOT NULL");
        builder.Property(r => r.Credential).HasConversion<string>().HasMaxLength(20);
        builder.OwnsOne(r => r.Password, s => ConfigureSecret(s));
        builder.OwnsOne(r => r.ClientSecret, s => ConfigureSecret(s));
        builder.OwnsOne(r => r.StandbySecret, s => ConfigureSecret(s));
        builder.OwnsOne(r => r.CertificateKey, s => ConfigureSecret(s, longest: 32000));
        builder.OwnsOne(r => r.Certificate, ConfigureCertificate);
    }

    private static void ConfigureCertificate(OwnedNavigationBuilder<SettingsRevision, CertificateFacts> certificate)
    {
        certificate.Property(c => c.Subject).HasMaxLength(1000);
        certificate.Property(c => c.Thumbprint).HasMaxLength(40);
        certificate.Property(c => c.Sha256).HasMaxLength(64);
        certificate.Property(c => c.PublicPart).HasMaxLength(64000);
    }

    private static void ConfigureSecret(OwnedNavigationBuilder<SettingsRevision, StoredSecret> secret, int longest = 8000)
    {
        secret.Property(s => s.Ciphertext).HasMaxLength(longest);
        secret.Property(s => s.Fingerprint).HasMaxLength(6);
        secret.Property(s => s.SetBy).HasMaxLength(320);
    }
}
