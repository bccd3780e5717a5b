using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Network;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Microsoft365;

/// <summary>What the token service's answers, and the lack of one, mean for the administrator.</summary>
internal static class EntraFindings
{
    public static bool MeansTenantUnknown(int code) => code == 90002;

    public static bool MeansOtherCloud(int code) => code is 90038 or 900382 or 900432 or 90051;

    public static IReadOnlyList<Finding> For(EntraAnswer answer, TokenResource resource, NotificationSettings settings, Cloud cloud)
    {
        // A captive portal or a proxy responds in its own form; Entra's refusals always name an OAuth error or carry a number.
        if ((int)answer.Status < 300 || (answer.Error is null && answer.Codes.Count == 0 && (int)answer.Status is not 429 and < 500))
        {
            return [Interfered(cloud)];
        }

        var finding = EntraCauses.For(answer, resource, cloud);
        return [finding with { Link = Portal.Link(Causes.Of(finding)?.Page ?? PortalPage.None, cloud, settings.ClientId) }];
    }

    public static Finding Interfered(Cloud cloud) => Causes.EntraInterfered.Told(Place(cloud));

    /// <param name="msalCode">MSAL's name for what it could not do.</param>
    public static Finding Unusable(string msalCode) => Causes.EntraRequestUnmade.Told(("code", msalCode));

    /// <summary>It did not answer within the Timeout of the settings.</summary>
    public static Finding Late(Cloud cloud, TimeSpan timeout) =>
        Causes.EntraLate.Told([.. Place(cloud), ("seconds", timeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture))]);

    public static TransportUnavailableException Unreachable(Exception ex, Cloud cloud)
    {
        var host = cloud.Authority.Host;
        if (CertificateRefusedException.In(ex) is { } verdict)
        {
            var finding = cloud.BuiltIn ? Interfered(cloud) : TlsFindings.For(verdict, host, SettingsField.Cloud)!;
            return new TransportUnavailableException(finding, verdict.Description, ex);
        }

        if (ProxyFinding(ex, Place(cloud)) is { } proxy)
        {
            return new TransportUnavailableException(proxy, null, ex);
        }

        var cause = Root<SocketException>(ex)?.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => Causes.EntraNameNotFound,
            SocketError.ConnectionRefused => Causes.EntraConnectionRefused,
            SocketError.TimedOut => Causes.EntraSilent,
            _ when Root<AuthenticationException>(ex) is not null => Causes.EntraTlsFailed,
            _ => Causes.EntraConnectionBroken,
        };
        return new TransportUnavailableException(cause.Told(Place(cloud)), (Root<SocketException>(ex) ?? ex).Message, ex);
    }

    /// <returns>Null when no proxy refused the connection.</returns>
    public static Finding? ProxyFinding(Exception ex, params (string Name, string Value)[] place) => ProxyRefusal.In(ex) is { } refusal
        ? (refusal.WantsSignIn ? Causes.ProxySignIn : Causes.ProxyRefused).Told(
            [.. place, ("proxy", refusal.Proxy), ("status", refusal.Status.ToString(CultureInfo.InvariantCulture))])
        : null;

    private static (string Name, string Value)[] Place(Cloud cloud) =>
        [("host", cloud.Authority.Host), ("address", $"https://{cloud.Authority.Authority}")];

    private static T? Root<T>(Exception? exception)
        where T : Exception
    {
        for (var ex = exception; ex is not null; ex = ex.InnerException)
        {
            if (ex is T found)
            {
                return found;
            }
        }

        return null;
    }
}
