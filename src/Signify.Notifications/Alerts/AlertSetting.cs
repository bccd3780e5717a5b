using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Alerts;

/// <summary>Who is told of a ruleset's alerts, and how.</summary>
public sealed class AlertSetting
{
    public required Guid RulesetId { get; init; }

    public bool MailAdministrators { get; set; } = true;

    /// <summary>One address a line; "" when there are none.</summary>
    public string ExtraAddresses { get; set; } = "";

    /// <summary>Where alerts are posted to; null: nowhere. Its path may hold a token of the receiver's, so only administrators see it.</summary>
    public string? WebhookUrl { get; set; }

    /// <summary>Signs what is posted, so that the receiver knows who it comes from.</summary>
    public StoredSecret? WebhookSecret { get; set; }

    public bool Mails => MailAdministrators || ExtraAddresses.Length > 0;

    public IReadOnlyList<string> Extra => ExtraAddresses.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static AlertSetting Default(Guid rulesetId) => new() { RulesetId = rulesetId };
}

internal sealed class AlertSettingConfiguration : IEntityTypeConfiguration<AlertSetting>
{
    public void Configure(EntityTypeBuilder<AlertSetting> builder)
    {
        builder.ToTable("AlertSettings");
        builder.HasKey(s => s.RulesetId);
        builder.HasOne<Ruleset>().WithOne().HasForeignKey<AlertSetting>(s => s.RulesetId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(s => s.ExtraAddresses).HasMaxLength(AlertSettings.ExtraLimit * 260);
        builder.Property(s => s.WebhookUrl).HasMaxLength(WebhookAddress.Limit);
        builder.Ignore(s => s.Mails);
        builder.Ignore(s => s.Extra);
        builder.OwnsOne(s => s.WebhookSecret, secret =>
        {
            secret.Property(s => s.Ciphertext).HasMaxLength(8000);
            secret.Property(s => s.Fingerprint).HasMaxLength(6);
            secret.Property(s => s.SetBy).HasMaxLength(320);
        });
    }
}
