using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Web.Access;

/// <summary>Configuration section <c>RateLimits</c>: how often one address may try.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Posts to the pages that anyone may open: sign-in, second step, set-up, invitation.</summary>
    [Range(1, 100_000)]
    public int SignInsPerMinute { get; set; } = 20;

    /// <summary>Requests with an API key that is unknown or revoked.</summary>
    [Range(1, 100_000)]
    public int WrongKeysPerMinute { get; set; } = 30;
}
