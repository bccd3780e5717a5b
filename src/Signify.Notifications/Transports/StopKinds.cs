using Signify.Notifications.Findings;

namespace Signify.Notifications.Transports;

/// <summary>What it means for the mailbox that its transport could not be opened.</summary>
public static class StopKinds
{
    /// <param name="code">The first finding of a <see cref="TransportUnavailableException"/>.</param>
    public static StopKind Of(FindingCode code) => code switch
    {
        FindingCode.TooManyConnections or FindingCode.TooFast or FindingCode.EntraThrottled => StopKind.Throttled,
        FindingCode.DailyLimit or FindingCode.MailboxBarred => StopKind.Quota,
        FindingCode.SenderBlocked or FindingCode.TenantBlocked => StopKind.Blocked,

        // It passed a check before, so that what answers now, or does not, is likelier to mend than to be mended.
        FindingCode.EntraUnavailable or FindingCode.EntraUnreachable or FindingCode.EntraInterfered
            or FindingCode.NameNotFound or FindingCode.ConnectionRefused or FindingCode.ConnectionTimedOut or FindingCode.ConnectionFailed
            or FindingCode.NotMailServer or FindingCode.TlsFailed or FindingCode.TlsRevocationUnknown
            or FindingCode.ServerBusy or FindingCode.LinkLost or FindingCode.WorkloadIdentityFailed or FindingCode.GraphInterfered
            or FindingCode.ProxyRefused or FindingCode.OwnNameRefused or FindingCode.TokenExpired => StopKind.Unreachable,

        FindingCode.ServerNameRequired or FindingCode.ServerNameForeign or FindingCode.PortInvalid or FindingCode.TimeoutInvalid or FindingCode.BatchSizeInvalid
            or FindingCode.FromInvalid or FindingCode.FromNameInvalid or FindingCode.UserNameRequired or FindingCode.ClientIdInvalid or FindingCode.TenantIdInvalid
            or FindingCode.SecretRequired or FindingCode.SecretIsId or FindingCode.SecretIsMask or FindingCode.SecretExpiryInvalid or FindingCode.IdsSwapped
            or FindingCode.CloudUnknown or FindingCode.RouteInvalid or FindingCode.ValueTooLong or FindingCode.ServerNameInvalid
            or FindingCode.RelayNotAllowed
            or FindingCode.SharedRelayMissing or FindingCode.KeyRingLost or FindingCode.SettingsUnusable => StopKind.Configuration,

        FindingCode.SecretExpiryUnknown or FindingCode.CredentialInvalid or FindingCode.CertRequired or FindingCode.CertUnreadable or FindingCode.CertPasswordWrong
            or FindingCode.CertKeyMissing or FindingCode.CertKeyUnfit or FindingCode.CertNotYetValid or FindingCode.WorkloadIdentityUnavailable
            or FindingCode.FederatedCredentialMissing or FindingCode.TenantInactive or FindingCode.TenantRestricted => StopKind.Configuration,

        FindingCode.TenantUnknown or FindingCode.TenantOtherCloud or FindingCode.TenantUnproved or FindingCode.ClientUnknown or FindingCode.SecretWrong
            or FindingCode.SecretExpired or FindingCode.AppDisabled or FindingCode.AppNotInTenant or FindingCode.AppPublicClient or FindingCode.NoExchangeOnline
            or FindingCode.ExchangeDisabled or FindingCode.ConditionalAccess or FindingCode.EntraRefused or FindingCode.ClockSkew
            or FindingCode.CertNotRegistered or FindingCode.CertExpired or FindingCode.ExchangePermissionMissing or FindingCode.ExchangePermissionWrong
            or FindingCode.GraphPermissionMissing or FindingCode.GraphOnly or FindingCode.NoPermission or FindingCode.GraphTenantWide => StopKind.Configuration,

        FindingCode.StarttlsMissing or FindingCode.TlsUntrusted or FindingCode.TlsExpired or FindingCode.TlsWrongName or FindingCode.TlsRevoked
            or FindingCode.TlsTooOld or FindingCode.NotEncrypted or FindingCode.Xoauth2NotOffered or FindingCode.SignInNotOffered
            or FindingCode.SignInRefused or FindingCode.ServicePrincipalMissing or FindingCode.SmtpAuthDisabledTenant or FindingCode.SmtpAuthDisabledMailbox
            or FindingCode.SecurityDefaults or FindingCode.BasicAuthRetired or FindingCode.BasicCredentialsWrong or FindingCode.SendAsDenied
            or FindingCode.FromNotOwned or FindingCode.SenderRefused or FindingCode.MailboxFull or FindingCode.MailboxNotFound or FindingCode.MailboxShared
            or FindingCode.AccessPolicy or FindingCode.RelayDenied => StopKind.Configuration,

        // Of one message, and said to none here.
        FindingCode.MessageTooLarge or FindingCode.RecipientRejected or FindingCode.MessageRefused => StopKind.Configuration,

        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "A finding that nobody has classified."),
    };
}
