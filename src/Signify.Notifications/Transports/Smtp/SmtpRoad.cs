using Microsoft.Extensions.Options;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Network;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>Which server the settings lead to, how to trust it and how to sign in there.</summary>
public sealed class SmtpRoad(
    Clouds clouds, IOptions<SharedRelayOptions> sharedRelay, IOptions<SmtpOptions> smtp, StaggeredConnector connector, RelayAddresses relays)
{
    private const int ImplicitTlsPort = 465;

    public SmtpDialogue Open(NotificationSettings settings) =>
        new(Endpoint(settings) with { EhloName = smtp.Value.EhloName }, Trust(settings), settings.Timeout, connector, relays);

    public SmtpEndpoint Endpoint(NotificationSettings s) => s.SignIn switch
    {
        SignIn.Token => new(CloudOf(s).SmtpHost, s.Port, SmtpEncryption.Required, SettingsField.Cloud),
        SignIn.Password => new(s.ServerName, s.Port, s.Port == ImplicitTlsPort ? SmtpEncryption.Implicit : SmtpEncryption.Required, SettingsField.ServerName),
        SignIn.None => new(s.ServerName, s.Port, s.Port == ImplicitTlsPort ? SmtpEncryption.Implicit : SmtpEncryption.WhereOffered, SettingsField.ServerName),
        _ => new(sharedRelay.Value.Host ?? "", sharedRelay.Value.Port, SharedEncryption(), SettingsField.UseOwnSmtpDetails),
    };

    /// <summary>What the settings name and the configuration no longer has, although they passed a check.</summary>
    /// <returns>Null when nothing is missing.</returns>
    public Finding? Unusable(NotificationSettings s) => s switch
    {
        { SignIn: SignIn.SharedRelay } when !sharedRelay.Value.IsSetUp => Causes.SharedRelayGone.Told(),
        { SignIn: SignIn.Token } when clouds.Find(s.Cloud) is null => clouds.Unknown(s.Cloud),
        _ => null,
    };

    /// <summary>The address mail comes from; of the shared relay it is the operator's to say.</summary>
    public string From(NotificationSettings s) => s.SignIn == SignIn.SharedRelay ? sharedRelay.Value.From ?? "" : s.FromEmail;

    /// <summary>Null when the server wants no credentials.</summary>
    public SmtpCredentials? Credentials(NotificationSettings s, AccessToken? token) => s.SignIn switch
    {
        SignIn.Token => new SmtpCredentials.Token(s.FromEmail, (token ?? throw new InvalidOperationException("No token.")).Value),
        SignIn.Password => new SmtpCredentials.Password(
            s.UserName ?? "", s.Password ?? throw new TransportUnavailableException(Causes.PasswordMissing.Told())),
        SignIn.SharedRelay when sharedRelay.Value is { UserName: { Length: > 0 } user, Password: { Length: > 0 } password } =>
            new SmtpCredentials.Password(user, new SecretText(password)),
        _ => null,
    };

    private SmtpEncryption SharedEncryption() => sharedRelay.Value switch
    {
        { Security: RelaySecurity.Tls } => SmtpEncryption.Implicit,
        { Security: RelaySecurity.StartTls } or { Password.Length: > 0 } => SmtpEncryption.Required,
        { Security: RelaySecurity.WhereOffered } => SmtpEncryption.WhereOffered,
        _ => SmtpEncryption.None,
    };

    private ServerTrust Trust(NotificationSettings s) => s.SignIn == SignIn.Token ? ServerTrust.Of(CloudOf(s)) : ServerTrust.OfNamedServer;

    private Cloud CloudOf(NotificationSettings s) => clouds.Get(s.Cloud);
}
