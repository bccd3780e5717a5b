using Signify.Notifications.Delivery.Content;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>A notification's message as its recipient reads it.</summary>
/// <param name="Rendered">Null when it cannot be put together: <paramref name="Fault"/> then says why.</param>
public sealed record MessageView(RenderedContent? Rendered, string? Fault, IReadOnlyList<AttachmentView> Attachments);
