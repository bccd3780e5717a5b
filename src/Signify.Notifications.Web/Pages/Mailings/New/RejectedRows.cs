using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Pages.Mailings.New;

/// <summary>Rows that are left out, for <c>_RejectedRows</c>.</summary>
/// <param name="Label">What they are, for a screen reader.</param>
public sealed record RejectedRows(CheckModel Page, IReadOnlyList<RejectedRow> Rows, string Label);
