using Microsoft.EntityFrameworkCore;

namespace Signify.Notifications.Persistence.Sqlite;

public sealed class SqliteNotificationsDbContext(DbContextOptions<SqliteNotificationsDbContext> options) : NotificationsDbContext(options);
