namespace Signify.Notifications.RepairKit;

/// <summary>One line of the note for the network team. All connections go out from the server of this program.</summary>
/// <param name="Port">As a firewall wants it: <c>TCP 443</c>.</param>
public sealed record NetworkRule(string Host, string Port, string Protocol, string Why)
{
    /// <summary>False where it is good to have, or within the house.</summary>
    public bool Required { get; init; } = true;
}
