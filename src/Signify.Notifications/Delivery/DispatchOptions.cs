using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Delivery;

/// <summary>Configuration section <c>Dispatch</c>.</summary>
public sealed class DispatchOptions
{
    /// <summary>Whether this instance sends.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The loopback port of the embedded engine; 0 picks a free one.</summary>
    [Range(0, 65535)]
    public int SiloPort { get; set; }

    /// <summary>
    /// Megabytes of memory for mailings prepared to be sent, their encoded attachments included, of all mailboxes of this process.
    /// </summary>
    [Range(1, 65536)]
    public int CachedMailingMegabytes { get; set; } = 64;
}
