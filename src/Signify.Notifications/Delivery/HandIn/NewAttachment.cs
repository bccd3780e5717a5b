namespace Signify.Notifications.Delivery.HandIn;

/// <param name="Name">The file's name as the recipient sees it, without a path. 1 to 255 characters.</param>
/// <param name="ContentType">Such as <c>application/pdf</c>; null goes by the name's ending.</param>
public sealed record NewAttachment(string? Name, string? ContentType, ReadOnlyMemory<byte> Content);
