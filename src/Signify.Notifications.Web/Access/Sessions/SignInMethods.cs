namespace Signify.Notifications.Web.Access.Sessions;

/// <summary>Authentication method references (RFC 8176).</summary>
internal static class SignInMethods
{
    /// <summary>A key that the user's device holds and unlocks: a passkey with user verification.</summary>
    public const string Passkey = "hwk";
}
