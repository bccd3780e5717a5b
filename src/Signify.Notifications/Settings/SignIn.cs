namespace Signify.Notifications.Settings;

/// <summary>How the program proves who it is to the mail server: what the three switches of the form come to.</summary>
public enum SignIn
{
    /// <summary>"Use Own SMTP Details" is off: the operator's relay sends.</summary>
    SharedRelay,

    /// <summary>"Credentials Required" is off: a relay that asks for no credentials.</summary>
    None,

    /// <summary>User name and password.</summary>
    Password,

    /// <summary>Microsoft 365: a token for the app.</summary>
    Token,
}
