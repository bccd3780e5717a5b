using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>Configuration section <c>Pace</c>: one entry for each profile. What is left out stays as built in.</summary>
public sealed class PaceOptions
{
    public PaceProfileOptions ExchangeOnline { get; set; } = new();

    public PaceProfileOptions Graph { get; set; } = new();

    public PaceProfileOptions Relay { get; set; } = new();
}

public sealed class PaceProfileOptions
{
    [Range(1, 100)]
    public int? Connections { get; set; }

    /// <summary>0: no limit.</summary>
    [Range(0, 1_000_000)]
    public int? MessagesPerMinute { get; set; }

    /// <summary>0: no limit.</summary>
    [Range(0, 100_000_000)]
    public int? RecipientsPerDay { get; set; }
}
