using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Signify.Notifications.Persistence;

/// <summary>
/// Instants as UTC ticks (100 ns) on both databases: SQLite cannot compare <see cref="DateTimeOffset"/>, PostgreSQL would round to
/// microseconds, and the sender's statements are the same for both.
/// </summary>
internal sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
    instant => instant.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
