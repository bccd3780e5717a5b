namespace Signify.Notifications.Delivery.HandIn;

/// <summary>What is wrong with one recipient.</summary>
/// <param name="Code">One of <see cref="LineCodes"/>: stable, to build on.</param>
/// <param name="Message">For a person; without addresses or values.</param>
/// <param name="Field">The merge field it is about, where it is about one.</param>
public sealed record LineFault(string Code, string Message, string? Field = null);
