using System.Net.Sockets;
using System.Reflection;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests.Diagnosis;

/// <summary>Values for the parameters of the methods that make findings: of an enumeration, each of its members.</summary>
internal static class Samples
{
    private static readonly Cloud Worldwide = MicrosoftClouds.Worldwide;

    private static readonly SmtpEndpoint Exchange = new("smtp.office365.com", 587, SmtpEncryption.Required, SettingsField.Cloud);

    private static readonly SmtpEndpoint Own = new("mail.contoso.com", 25, SmtpEncryption.Required, SettingsField.ServerName);

    public static bool Has(Type type) => Of(type).Any();

    /// <summary>Every combination of the samples.</summary>
    public static IEnumerable<object?[]> For(MethodInfo method) => method.GetParameters()
        .Select(parameter => Of(parameter.ParameterType).ToList())
        .Aggregate((IEnumerable<object?[]>)[[]], (rows, values) => rows.SelectMany(row => values.Select(value => (object?[])[.. row, value])).ToList());

    private static IEnumerable<object?> Of(Type type) => type switch
    {
        _ when type == typeof(string) => ["clientSecret", "password", "standbySecret", "clientCertificate", "clientCertificatePem", "standbySecretExpiresOn"],
        _ when type == typeof(int) => [587, 2048],
        _ when type == typeof(DateTimeOffset) => [new DateTimeOffset(2028, 11, 12, 8, 0, 0, TimeSpan.Zero)],
        _ when type == typeof(Finding) => [Causes.SecretExpired.Told(), Causes.SecretWrong.Told()],
        _ when type == typeof(bool) => [true, false],
        _ when type == typeof(TimeSpan) => [TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(-7)],
        _ when type == typeof(Cloud) => [Worldwide],
        _ when type == typeof(IEnumerable<string>) => [new[] { "Worldwide", "China" }],
        _ when type == typeof(SmtpEndpoint) => [Exchange, Own],
        _ when type == typeof(SocketError?) => [null, SocketError.ConnectionRefused, SocketError.TimedOut],
        _ when type == typeof(CertificateVerdict) => Enum.GetValues<CertificateFault>().Select(fault => new CertificateVerdict(fault, "CN=mail")),
        _ when type == typeof(SmtpSituation) => Enum.GetValues<SmtpStage>().SelectMany(stage => new[] { At(stage, Exchange), At(stage, Own) }),
        _ when type == typeof(Exception) => [new HttpRequestException(HttpRequestError.ConnectionError), new OperationCanceledException(), new IOException()],
        _ => [],
    };

    private static SmtpSituation At(SmtpStage stage, SmtpEndpoint endpoint) =>
        new(stage, endpoint, TimeSpan.FromSeconds(120), SmtpReply.Read(""), null, Encrypted: true);
}
