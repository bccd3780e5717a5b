namespace Signify.Notifications.Audit;

public enum AuditAction
{
    SettingsSaved,
    SettingsActivated,
    SettingsChecked,
    TestMessageSent,
    UserAdded,
    UserChanged,
    UserRemoved,
    SignedIn,
    SignInFailed,
    SignedOut,
    PasswordChanged,
    TwoFactorChanged,
    PasskeyAdded,
    PasskeyRemoved,
    ApiKeyMade,
    ApiKeyRevoked,
    SendingHeld,
    SendingResumed,
}
