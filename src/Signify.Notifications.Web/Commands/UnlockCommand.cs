using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Backups;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Commands;

/// <summary>Unlocks an account after too many failed sign-ins.</summary>
internal static class UnlockCommand
{
    public static Command Command { get; } = new(
        "unlock",
        "unlock EMAIL",
        "Unlocks the account with this address after too many failed sign-ins. With the embedded database, stop the program first.",
        [], [], "Cannot unlock", RunAsync)
    { Argument = "email" };

    private static async Task RunAsync(CommandLine line, CancellationToken ct)
    {
        var email = line["email"] ?? throw new BackupRefusedException($"Name the address of the account. {Command.Usage}");
        await using var services = CommandServices.Build(line);
        await services.PrepareDatabaseAsync(ct);
        await using var db = await services.GetRequiredService<IDbContextFactory<NotificationsDbContext>>().CreateDbContextAsync(ct);
        var locked = await AccountUnlock.UnlockAsync(db, services.GetRequiredService<AuditLog>(), email, TimeProvider.System, ct);
        Console.WriteLine(locked ? $"{email} is unlocked." : $"{email} was not locked. Its failed attempts are counted from zero.");
    }
}
