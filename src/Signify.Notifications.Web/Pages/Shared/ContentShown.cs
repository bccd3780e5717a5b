using Signify.Notifications.Delivery.Reading;

namespace Signify.Notifications.Web.Pages;

/// <summary>A message to look at.</summary>
/// <param name="HtmlAddress">Where its HTML is served, under headers that let nothing run; null when it has none.</param>
public sealed record ContentShown(string Subject, string? Text, string? HtmlAddress, IReadOnlyList<AttachmentView> Attachments);
