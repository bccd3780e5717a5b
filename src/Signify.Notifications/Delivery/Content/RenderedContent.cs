namespace Signify.Notifications.Delivery.Content;

/// <summary>What one person reads: the templates with their fields filled in. At least one of Text and Html is there.</summary>
public sealed record RenderedContent(string Subject, string? Text, string? Html);
