using System.Globalization;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>What can be said offline of the app's credential: a secret with its standby, a certificate, or the host's own identity.</summary>
public sealed class CredentialRules(WorkloadIdentity workload, TimeProvider time)
{
    private static readonly TimeSpan NoticeAhead = TimeSpan.FromDays(30);

    internal NotificationSettings Judge(
        NotificationSettings app, SettingsInput input, SettingsRevision? kept, NotificationSettings? keptOpen, List<Finding> findings) => Kind(input, findings) switch
        {
            CredentialKind.Certificate => app with { Credential = CredentialKind.Certificate, Certificate = Certificate(input, kept, keptOpen, findings) },
            CredentialKind.WorkloadIdentity => Federated(app, findings),
            _ => WithSecrets(app, input, kept, keptOpen, findings),
        };

    private static CredentialKind Kind(SettingsInput input, List<Finding> findings)
    {
        switch (input.Credential?.ToUpperInvariant())
        {
            case null or "":
                return HasCertificate(input) ? CredentialKind.Certificate : CredentialKind.Secret;
            case "SECRET":
                return CredentialKind.Secret;
            case "CERTIFICATE":
                return CredentialKind.Certificate;
            case "WORKLOADIDENTITY":
                return CredentialKind.WorkloadIdentity;
            default:
                findings.Add(CredentialFindings.KindInvalid());
                return CredentialKind.Secret;
        }
    }

    private static bool HasCertificate(SettingsInput input) =>
        input.GenerateCertificate || input.ClientCertificate is { Length: > 0 } || input.ClientCertificatePem is { Length: > 0 };

    private NotificationSettings WithSecrets(
        NotificationSettings app, SettingsInput input, SettingsRevision? kept, NotificationSettings? keptOpen, List<Finding> findings)
    {
        var secret = KeptSecrets.ClientSecret(input, kept, keptOpen, findings);
        var standby = KeptSecrets.Standby(input, kept, keptOpen, findings);
        if (secret is not null && standby == secret)
        {
            findings.Add(CredentialFindings.StandbyTheSame());
        }

        return app with
        {
            Credential = CredentialKind.Secret,
            ClientSecret = secret,
            SecretExpiresOn = Expiry(SettingsField.SecretExpiresOn, input.SecretExpiresOn, secret, findings),
            StandbySecret = standby,
            StandbySecretExpiresOn = standby is null ? null : Expiry(SettingsField.StandbySecretExpiresOn, input.StandbySecretExpiresOn, standby, findings),
        };
    }

    private DateOnly? Expiry(string field, string? text, SecretText? secret, List<Finding> findings)
    {
        if (string.IsNullOrEmpty(text))
        {
            // Where the secret itself is missing there is something more urgent to say.
            if (secret is not null)
            {
                findings.Add(CredentialFindings.ExpiryUnknown(field));
            }

            return null;
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            findings.Add(CredentialFindings.ExpiryInvalid(field));
            return null;
        }

        if (date < DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime))
        {
            findings.Add(CredentialFindings.ExpiryPast(field));
        }

        return date;
    }

    private ClientCertificate? Certificate(SettingsInput input, SettingsRevision? kept, NotificationSettings? keptOpen, List<Finding> findings)
    {
        // A certificate signs for one tenant's token service only, so that pointing it elsewhere hands nothing over: it may stay.
        var certificate = input switch
        {
            { GenerateCertificate: true } => SelfSignedPair.Make(input.FromEmail, time.GetUtcNow()),
            { ClientCertificate.Length: > 0 } => CertificateReading.OfPfx(input.ClientCertificate, input.ClientCertificatePassword, findings),
            { ClientCertificatePem.Length: > 0 } => CertificateReading.OfPem(input.ClientCertificatePem, input.ClientCertificatePassword, findings),
            _ => Kept(kept, keptOpen, findings),
        };
        if (certificate is not null)
        {
            Dates(certificate.Facts, findings);
        }

        return certificate;
    }

    private static ClientCertificate? Kept(SettingsRevision? kept, NotificationSettings? keptOpen, List<Finding> findings)
    {
        if (kept?.CertificateKey is null)
        {
            findings.Add(CredentialFindings.CertRequired());
        }
        else if (keptOpen?.Certificate is null)
        {
            findings.Add(KeyRingFindings.Lost(SettingsField.ClientCertificate));
        }

        return keptOpen?.Certificate;
    }

    private void Dates(CertificateFacts facts, List<Finding> findings)
    {
        var now = time.GetUtcNow();
        if (facts.NotAfter <= now)
        {
            findings.Add(CredentialFindings.CertExpired(facts.NotAfter));
        }
        else if (facts.NotBefore > now)
        {
            findings.Add(CredentialFindings.CertNotYetValid(facts.NotBefore));
        }
        else if (facts.NotAfter - now < NoticeAhead)
        {
            findings.Add(CredentialFindings.CertExpiresSoon(facts.NotAfter));
        }
    }

    private NotificationSettings Federated(NotificationSettings app, List<Finding> findings)
    {
        if (workload.WhyNot(app.RulesetId) is { } why)
        {
            findings.Add(WorkloadFindings.NotOffered(why));
        }
        else if (workload.ClientIdOfHost is { } host && !host.Equals(app.ClientId, StringComparison.OrdinalIgnoreCase))
        {
            findings.Add(CredentialFindings.WorkloadOfOtherApp(host));
        }

        return app with { Credential = CredentialKind.WorkloadIdentity };
    }
}
