using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Web.Access;

/// <summary>Configuration section <c>RateLimits</c>: how often one address may try, and how much one caller may ask for.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Posts to the pages that anyone may open: sign-in, second step, set-up, invitation.</summary>
    [Range(1, 100_000)]
    public int SignInsPerMinute { get; set; } = 20;

    /// <summary>Requests with an API key that is unknown or revoked.</summary>
    [Range(1, 100_000)]
    public int WrongKeysPerMinute { get; set; } = 30;

    /// <summary>Requests of one API key at a time; event streams do not count.</summary>
    [Range(1, 100_000)]
    public int KeyConcurrency { get; set; } = 100;

    /// <summary>Requests of one API key.</summary>
    [Range(1, 100_000_000)]
    public int KeyRequestsPerMinute { get; set; } = 60_000;

    /// <summary>Event streams of one API key or user at a time, in this process.</summary>
    [Range(1, 100_000)]
    public int StreamsPerCaller { get; set; } = 20;
}
