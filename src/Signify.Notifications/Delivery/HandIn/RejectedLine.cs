namespace Signify.Notifications.Delivery.HandIn;

/// <summary>A recipient that was left out of its mailing. See <see cref="LineFault"/>.</summary>
public sealed record RejectedLine(long Line, string Code, string Message, string? Field = null);
