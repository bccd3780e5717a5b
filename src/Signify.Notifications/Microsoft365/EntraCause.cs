using Signify.Notifications.Findings;

namespace Signify.Notifications.Microsoft365;

/// <summary>One thing that Entra can mean, in words. Where to mend it is a page of the app's registration.</summary>
internal sealed record EntraCause(FindingCode Code, string Message, string Remedy, string? Field = null, string? PortalPage = null);
