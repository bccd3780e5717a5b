namespace Signify.Notifications.Checks;

/// <summary>The steps of the check, in the order of the page. The kebab-case form is a contract.</summary>
public enum StepName
{
    Fields,
    Tenant,
    TokenForExchange,
    TokenForGraph,
    Permissions,
    NameLookup,
    Connection,
    Encryption,
    SignInOffered,
    SignIn,
    Sender,
}
