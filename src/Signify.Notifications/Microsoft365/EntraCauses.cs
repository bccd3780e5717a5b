using System.Globalization;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Microsoft365;

/// <summary>Entra's AADSTS numbers for an app that signs in as itself, and the cause that each means. Source: Microsoft's reference of authentication error codes.</summary>
internal static class EntraCauses
{
    private static readonly Dictionary<int, Cause> ByNumber = new (Cause Cause, int[] Numbers)[]
    {
        (Causes.SecretWrong, [7000215, 70002]),
        (Causes.SecretExpired, [7000222]),
        (Causes.SecretNotReceived, [7000216, 7000218]),
        (Causes.ClientUnknown, [700016, 700011]),
        (Causes.TenantUnknown, [90002]),
        (Causes.TenantMalformed, [900023, 50059, 50128, 90019, 9001023, 90124, 90130, 50194]),
        (Causes.TenantOtherCloud, [90038, 900382, 900432, 90051, 50049]),
        (Causes.AppDisabled, [7000112, 70001]),
        (Causes.AppNotAccessible, [7000113, 1000031]),
        (Causes.AppNotInTenant, [7000229]),
        (Causes.AppPublicClient, [700025]),
        (Causes.NoExchangeOnline, [500011]),
        (Causes.ExchangeDisabled, [500014, 50001, 650052, 650054]),
        (Causes.PermissionNotConsented, [650057, 650056, 65001]),
        (Causes.ConditionalAccess, [53003, 530032]),
        (Causes.TenantInactive, [5000225, 5000224]),
        (Causes.TenantRestricted, [500021, 500022, 5000211]),
        (Causes.AppAtRisk, [53011]),
        (Causes.SecurityDefaultsToken, [530035]),
        (Causes.CertNotRegistered, [700027]),
        (Causes.CertNotAccepted, [700030, 50012]),
        (Causes.CertOfOtherApp, [700021]),
        (Causes.FederationNotMatched, [700213, 700212, 700211, 70021]),
        (Causes.FederationNotApp, [700229]),
        (Causes.CertExpired, [1000502, 7000274]),
        (Causes.CertRevoked, [7000214, 7000277]),
        (Causes.ClockRefused, [700024]),
        (Causes.EntraThrottled, [90055, 50196]),
        (Causes.EntraUnavailable, [90006, 90012, 90024, 90033, 90090, 50033, 50087, 90091]),
        (Causes.EntraFault, [50000, 90036]),
        (Causes.EntraRequestMalformed, [900144, 90013, 90014, 90023, 9002313]),
        (Causes.EntraScopeRefused, [70011, 1002012, 28002, 28003, 700022, 700023, 90009]),
        (Causes.EntraUserFlow, [50034, 50076, 50079, 50126, 50053, 50055, 50057]),
    }.SelectMany(row => row.Numbers.Select(number => (number, row.Cause))).ToDictionary(pair => pair.number, pair => pair.Cause);

    /// <summary>Never null: an unknown number is told by its kind, which the OAuth error and the HTTP status give.</summary>
    public static Finding For(EntraAnswer answer, TokenResource resource, Cloud cloud)
    {
        (string, string)[] values = [("cloud", cloud.Label)];
        var known = answer.Codes.Select(code => ByNumber.GetValueOrDefault(code)).FirstOrDefault(cause => cause is not null);
        var cause = OfGraph(known ?? ByClass(answer) ?? ByKind(answer), resource);
        if (cause.Code == FindingCode.EntraThrottled && answer.RetryAfter is { } after && after > TimeSpan.Zero)
        {
            return Causes.EntraThrottledFor.Told(("seconds", Math.Ceiling(after.TotalSeconds).ToString("0", CultureInfo.InvariantCulture)));
        }

        return known is null && NewTo(answer) is { } code ? cause.ToldByKind(code, values) : cause.Told(values);
    }

    // These numbers speak of the service that was asked for, and Graph is not Exchange.
    private static Cause OfGraph(Cause cause, TokenResource resource) =>
        resource == TokenResource.Graph && cause.Code is (FindingCode.NoExchangeOnline or FindingCode.ExchangeDisabled) ? Causes.GraphNotInTenant : cause;

    // Entra numbers the refusals of Conditional Access 53000 and up, and their details 530031 and up. Its network restrictions come from
    // a header that the company's proxy adds, and say so.
    private static Cause? ByClass(EntraAnswer answer) => answer switch
    {
        _ when answer.Codes.Any(code => code is (>= 53000 and <= 53099) or (>= 530000 and <= 530999)) => Causes.ConditionalAccess,
        { Description: { } text } when text.Contains("tenant restriction", StringComparison.OrdinalIgnoreCase) => Causes.TenantRestricted,
        _ => null,
    };

    private static Cause ByKind(EntraAnswer answer) => ((int)answer.Status, answer.Error) switch
    {
        (429, _) => Causes.EntraThrottled,
        ( >= 500, _) => Causes.EntraUnavailable,
        (_, "invalid_client") => Causes.SecretWrong,
        (_, "unauthorized_client") => Causes.ClientUnknown,
        (_, "invalid_resource") => Causes.NoExchangeOnline,
        (_, "access_denied" or "interaction_required") => Causes.ConditionalAccess,
        (_, "temporarily_unavailable" or "server_error") => Causes.EntraUnavailable,
        _ => Causes.EntraRefused,
    };

    // A busy service needs no number to be understood.
    private static string? NewTo(EntraAnswer answer) => answer switch
    {
        { Codes: [var number, ..] } => $"AADSTS{number.ToString(CultureInfo.InvariantCulture)}",
        { IsJson: true, Error: { Length: > 0 and < 100 } error } => error,
        _ => null,
    };
}
