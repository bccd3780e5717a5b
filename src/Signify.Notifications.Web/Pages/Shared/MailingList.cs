using Signify.Notifications.Delivery.Reading;

namespace Signify.Notifications.Web.Pages;

/// <summary>Mailings in a table, with their controls.</summary>
/// <param name="Back">The page to come back to after a control.</param>
public sealed record MailingList(IReadOnlyList<MailingRow> Rows, bool MayEdit, string Back);
