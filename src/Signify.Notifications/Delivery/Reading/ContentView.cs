namespace Signify.Notifications.Delivery.Reading;

/// <summary>What a mailing says: templates while <paramref name="Merges"/>, else plain words.</summary>
public sealed record ContentView(string Subject, string? Text, string? Html, bool Merges, IReadOnlyList<AttachmentView> Attachments);

/// <param name="Bytes">Its size, decoded.</param>
public sealed record AttachmentView(string Name, string ContentType, long Bytes);
