namespace Signify.Notifications.Settings;

/// <summary>Makes the rows of new revisions: from what was saved, from an earlier one, and from one whose standby secret takes over.</summary>
public sealed class RevisionMaking(SecretProtector protector, TimeProvider time)
{
    /// <param name="kept">The newest revision there was: a secret that stayed the same keeps its ciphertext.</param>
    internal SettingsRevision New(Guid rulesetId, int number, NotificationSettings s, SettingsRevision? kept, string by) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        RulesetId = rulesetId,
        Number = number,
        State = RevisionState.Draft,
        CreatedAt = time.GetUtcNow(),
        CreatedBy = by,
        GraphProvedAt = kept is not null && SameApp(kept, s) ? kept.GraphProvedAt : null,
        SignIn = s.SignIn,
        ServerName = s.ServerName,
        Port = s.Port,
        Timeout = s.Timeout,
        BatchSize = s.BatchSize,
        FromEmail = s.FromEmail,
        FromName = s.FromName,
        UserName = s.UserName,
        Password = Close(s.Password, kept?.Password, rulesetId, SettingsField.Password, by),
        ClientId = s.ClientId,
        Credential = s.Credential,
        ClientSecret = Close(s.ClientSecret, kept?.ClientSecret, rulesetId, SettingsField.ClientSecret, by),
        SecretExpiresOn = s.SecretExpiresOn,
        StandbySecret = Close(s.StandbySecret, kept?.StandbySecret, rulesetId, SettingsField.StandbySecret, by),
        StandbySecretExpiresOn = s.StandbySecretExpiresOn,
        Certificate = s.Certificate?.Facts is { } facts ? facts with { } : null,
        CertificateKey = Close(s.Certificate?.Key, kept?.CertificateKey, rulesetId, SettingsField.ClientCertificate, by),
        TenantId = s.TenantId,
        Cloud = s.Cloud,
        Route = s.Route,
    };

    internal SettingsRevision Copy(SettingsRevision old, int number, string by) => Copy(old, number, by, SecretsOf(old), restored: true);

    /// <summary>The revision with the standby secret as its client secret, in charge from the start: the road was proved by the one before it.</summary>
    /// <returns>Null when there is no standby, or the key ring does not open it.</returns>
    internal SettingsRevision? OnStandby(SettingsRevision old, int number, string by) =>
        old is { SignIn: SignIn.Token, Credential: CredentialKind.Secret }
        && protector.TryMove(old.StandbySecret, old.RulesetId, SettingsField.StandbySecret, SettingsField.ClientSecret) is { } moved
            ? Copy(old, number, by, new Secrets(moved, old.StandbySecretExpiresOn, null, null), restored: false)
            : null;

    private SettingsRevision Copy(SettingsRevision old, int number, string by, Secrets secrets, bool restored) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        RulesetId = old.RulesetId,
        Number = number,
        State = restored ? RevisionState.Draft : RevisionState.Active,
        CreatedAt = time.GetUtcNow(),
        CreatedBy = by,
        RestoredFrom = restored ? old.Number : null,
        TookOverFrom = restored ? null : old.Number,
        ActivatedAt = restored ? null : time.GetUtcNow(),
        ActiveRoute = restored ? null : old.ActiveRoute,
        PassedAt = restored ? null : old.PassedAt,
        GraphProvedAt = old.GraphProvedAt,
        SignIn = old.SignIn,
        ServerName = old.ServerName,
        Port = old.Port,
        Timeout = old.Timeout,
        BatchSize = old.BatchSize,
        FromEmail = old.FromEmail,
        FromName = old.FromName,
        UserName = old.UserName,
        Password = old.Password is null ? null : old.Password with { },
        ClientId = old.ClientId,
        Credential = old.Credential,
        ClientSecret = secrets.Client,
        SecretExpiresOn = secrets.ClientExpiresOn,
        StandbySecret = secrets.Standby,
        StandbySecretExpiresOn = secrets.StandbyExpiresOn,
        Certificate = old.Certificate is null ? null : old.Certificate with { },
        CertificateKey = old.CertificateKey is null ? null : old.CertificateKey with { },
        TenantId = old.TenantId,
        Cloud = old.Cloud,
        Route = old.Route,
    };

    /// <summary>The stored ciphertext is kept when it holds the same secret, so that "set on …, by …" stays true.</summary>
    private StoredSecret? Close(SecretText? secret, StoredSecret? kept, Guid rulesetId, string field, string by)
    {
        if (secret is null)
        {
            return null;
        }

        return protector.TryOpen(kept, rulesetId, field) == secret ? kept! with { } : protector.Close(secret, rulesetId, field, by);
    }

    // Copies: a row that the database watches cannot share them with another one.
    private static Secrets SecretsOf(SettingsRevision old) => new(
        old.ClientSecret is null ? null : old.ClientSecret with { }, old.SecretExpiresOn,
        old.StandbySecret is null ? null : old.StandbySecret with { }, old.StandbySecretExpiresOn);

    private static bool SameApp(SettingsRevision kept, NotificationSettings s) =>
        kept.SignIn == s.SignIn && kept.TenantId == s.TenantId && kept.ClientId == s.ClientId && kept.Cloud == s.Cloud && kept.FromEmail == s.FromEmail;

    private sealed record Secrets(StoredSecret? Client, DateOnly? ClientExpiresOn, StoredSecret? Standby, DateOnly? StandbyExpiresOn);
}
