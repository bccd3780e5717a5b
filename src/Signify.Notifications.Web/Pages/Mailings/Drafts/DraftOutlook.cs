using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Pages.Mailings.Drafts;

/// <summary>What would become of a draft if it were handed in now.</summary>
public sealed record DraftOutlook(ListHead List, RehearsedMailing Rehearsed)
{
    public int Good => Rehearsed.Good;

    public long Bad => Rehearsed.RejectedTotal;

    public long Duplicates => Rehearsed.DuplicatesTotal;
}
