using System.Globalization;
using System.Text.RegularExpressions;

namespace Signify.Notifications.Network;

/// <summary>A proxy that was asked to connect to a server (CONNECT, RFC 9110, section 9.3.6) and did not.</summary>
/// <param name="Proxy">Its host and port, never a user name or a password.</param>
/// <param name="Status">Its HTTP status.</param>
internal sealed partial record ProxyRefusal(string Proxy, int Status)
{
    /// <summary>It wants a sign-in first (RFC 9110, section 15.5.8).</summary>
    public bool WantsSignIn => Status == 407;

    /// <returns>Null when the exception is about something else.</returns>
    public static ProxyRefusal? In(Exception? ex)
    {
        for (; ex is not null; ex = ex.InnerException)
        {
            // .NET names the proxy and its status in the message only.
            if (ex is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } && Tunnel().Match(ex.Message) is { Success: true } match
                && Uri.TryCreate(match.Groups[1].Value, UriKind.Absolute, out var proxy))
            {
                return new ProxyRefusal(proxy.Authority, int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
            }
        }

        return null;
    }

    [GeneratedRegex("'([^']+)'[^']*'(\\d{3})'", RegexOptions.CultureInvariant)]
    private static partial Regex Tunnel();
}
