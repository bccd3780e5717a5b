using System.ComponentModel;

namespace Signify.Notifications.Web.Api;

/// <summary>The body of <c>PUT /api/v1/settings</c>, for the OpenAPI document; <see cref="SettingsBodyReader"/> reads it.</summary>
public sealed record SettingsBody
{
    [Description("Off: the operator's shared relay sends, and the rest is ignored.")]
    [DefaultValue(true)]
    public bool UseOwnSmtpDetails { get; init; } = true;

    [Description("Off: a relay without credentials; serverName is its host.")]
    [DefaultValue(true)]
    public bool CredentialsRequired { get; init; } = true;

    [Description("On: Microsoft 365. Off: userName and password; serverName is the host.")]
    [DefaultValue(true)]
    public bool TokenBasedAuthentication { get; init; } = true;

    [Description("With tokens a label: the host comes from the cloud.")]
    public string? ServerName { get; init; }

    [Description("1 to 65535.")]
    [DefaultValue(587)]
    public int Port { get; init; } = 587;

    [Description("Seconds, 5 to 600. Bounds every network step.")]
    [DefaultValue(120)]
    public int TimeoutSeconds { get; init; } = 120;

    [Description("small (10), medium (30) or large (100).")]
    [DefaultValue("medium")]
    public string BatchSize { get; init; } = "medium";

    [Description("The mailbox to send from.")]
    public string? FromEmail { get; init; }

    public string? FromName { get; init; }

    public string? UserName { get; init; }

    [Description("Write-only. Absent or empty keeps the stored one while server and user stay the same.")]
    public string? Password { get; init; }

    [Description("Application (client) ID, a GUID.")]
    public string? ClientId { get; init; }

    [Description("Write-only: the secret's value. Absent or empty keeps the stored one while tenant, client ID and cloud stay the same.")]
    public string? ClientSecret { get; init; }

    [Description("A date, year-month-day.")]
    public string? SecretExpiresOn { get; init; }

    [Description("secret, certificate or workloadIdentity. Absent: certificate when one is given, else secret.")]
    public string? Credential { get; init; }

    [Description("Write-only: a second secret of the same app, which takes over when Entra refuses the first. Absent or empty keeps the stored one while tenant, client ID and cloud stay the same.")]
    public string? StandbySecret { get; init; }

    [Description("A date, year-month-day.")]
    public string? StandbySecretExpiresOn { get; init; }

    [Description("true drops the stored standby secret.")]
    public bool RemoveStandbySecret { get; init; }

    [Description("Write-only: a PFX file in base64, with the private key (RSA, 2048 bits or more). Absent or empty keeps the stored certificate.")]
    public string? ClientCertificate { get; init; }

    [Description("Write-only: opens the PFX or the PEM key. It is not stored.")]
    public string? ClientCertificatePassword { get; init; }

    [Description("Write-only, instead of clientCertificate: certificate and private key as PEM text.")]
    public string? ClientCertificatePem { get; init; }

    [Description("true makes a self-signed pair; GET then returns its public part for Entra as certificate.publicPart.")]
    public bool GenerateCertificate { get; init; }

    [Description("Directory (tenant) ID: a GUID or a verified domain.")]
    public string? TenantId { get; init; }

    [Description("Worldwide, GccHigh, DoD, China, or a name from configuration.")]
    [DefaultValue("Worldwide")]
    public string Cloud { get; init; } = "Worldwide";

    [Description("automatic, smtp or graph.")]
    [DefaultValue("automatic")]
    public string Route { get; init; } = "automatic";

    // A record prints its members, and some of these are secret.
    public override string ToString() => nameof(SettingsBody);
}
