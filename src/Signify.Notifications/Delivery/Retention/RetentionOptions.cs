using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Delivery.Retention;

/// <summary>Configuration section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>Days for which finished mailings are kept, with their bodies, notifications, addresses and attempts. A ruleset may choose otherwise.</summary>
    [Range(RetentionDays.Fewest, RetentionDays.Most)]
    public int KeepDays { get; set; } = 90;
}
