namespace Signify.Notifications.Delivery.Reading;

/// <summary>One page of a list.</summary>
/// <param name="Next">Give it as <c>after</c> for what follows; null at the end. A search may look at so much in one go that a page has fewer items than asked for, or none, and yet goes on.</param>
/// <param name="Previous">Give it as <c>before</c> for what stands in front; null at the beginning.</param>
public sealed record Listed<T>(IReadOnlyList<T> Items, string? Next, string? Previous);
