using System.Net;
using Signify.Notifications.Network;

namespace Signify.Notifications.Alerts;

/// <summary>
/// Where alerts may be posted to. An administrator of a ruleset chooses the address and the operator's machine calls it, so it must
/// not open what only that machine reaches. Names are judged again when they have become addresses, at each call.
/// </summary>
public static class WebhookAddress
{
    public const int Limit = 2000;

    /// <returns>What is wrong with it, for the person who typed it; null when nothing is.</returns>
    public static string? Fault(string typed, bool allowPrivate)
    {
        if (typed.Length > Limit || !Uri.TryCreate(typed, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0)
        {
            return AlertPhrases.AddressMalformed();
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return AlertPhrases.AddressWithUser();
        }

        if (url.Scheme == "http" && !url.IsLoopback)
        {
            return AlertPhrases.AddressInClear();
        }

        return Literal(url) is { } address ? Refusal(address, allowPrivate) : null;
    }

    /// <returns>Why this address is not called, for the administrator; null when it may be.</returns>
    public static string? Refusal(IPAddress address, bool allowPrivate) => AddressClasses.Classify(address) switch
    {
        AddressClass.Reserved => AlertPhrases.AddressReserved(),
        AddressClass.Private when !allowPrivate => AlertPhrases.AddressPrivate(),
        _ => null,
    };

    private static IPAddress? Literal(Uri url) => url.IsLoopback && !IPAddress.TryParse(url.DnsSafeHost, out _)
        ? IPAddress.Loopback
        : IPAddress.TryParse(url.DnsSafeHost, out var address) ? address : null;
}
