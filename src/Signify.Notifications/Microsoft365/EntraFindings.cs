using System.Net.Sockets;
using System.Security.Authentication;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Microsoft365;

/// <summary>What the token service's answers, and the lack of one, mean for the administrator.</summary>
internal static class EntraFindings
{
    public static bool MeansTenantUnknown(int code) => code == 90002;

    public static bool MeansOtherCloud(int code) => code is 90038 or 900382 or 900432 or 90051;

    public static IReadOnlyList<Finding> For(EntraAnswer answer, TokenResource resource, NotificationSettings settings, Cloud cloud)
    {
        // A captive portal or a proxy answers in its own words; Entra's refusals are always JSON or carry a number.
        if ((int)answer.Status < 300 || (!answer.IsJson && answer.Codes.Count == 0 && (int)answer.Status is not 429 and < 500))
        {
            return [Interfered(cloud)];
        }

        var cause = EntraCauses.For(answer, resource);
        var wait = cause.Code == FindingCode.EntraThrottled && answer.RetryAfter is { } after && after > TimeSpan.Zero
            ? $" Entra asks to wait {Math.Ceiling(after.TotalSeconds):0} seconds."
            : "";
        return [new Finding(cause.Code, cause.Message + wait, cause.Remedy)
        {
            Field = cause.Field,
            Link = cause.PortalPage is null ? null : Portal.AppPage(cloud, cause.PortalPage, settings.ClientId),
        }];
    }

    public static Finding Interfered(Cloud cloud) => new(FindingCode.EntraInterfered,
        $"Something between this server and {cloud.Authority.Host} answered in its place.",
        $"Ask the network team to let this server reach https://{cloud.Authority.Authority} directly: a proxy, a sign-in page of the network or a TLS inspection stands in the way.");

    public static Finding Unusable(string msalCode) => new(FindingCode.EntraRefused,
        $"The request for a token could not be made ({msalCode}).", "Check the client ID, the tenant ID and the secret for characters that do not belong there.");

    public static TransportUnavailableException Unreachable(Exception ex, Cloud cloud)
    {
        var host = cloud.Authority.Host;
        if (CertificateRefusedException.In(ex) is { } verdict)
        {
            var finding = cloud.BuiltIn ? Interfered(cloud) : TlsFindings.For(verdict, host, SettingsField.Cloud)!;
            return new TransportUnavailableException(finding, verdict.Description, ex);
        }

        var reason = Root<SocketException>(ex)?.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "its name is not found",
            SocketError.ConnectionRefused => "the connection is refused",
            SocketError.TimedOut => "nothing answers",
            _ when Root<AuthenticationException>(ex) is not null => "no encrypted connection comes about",
            _ => "the connection breaks",
        };
        return new TransportUnavailableException(
            new Finding(FindingCode.EntraUnreachable,
                $"The token service {host} cannot be reached: {reason}.",
                $"Let this server connect to https://{cloud.Authority.Authority}. If it needs a proxy, set HTTPS_PROXY for this program."),
            (Root<SocketException>(ex) ?? ex).Message, ex);
    }

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
