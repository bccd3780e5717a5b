using System.Globalization;
using Signify.Notifications.Persistence.Backups;

namespace Signify.Notifications.Web.Commands;

/// <summary>Copies a data folder beside the running program, and puts such a copy back.</summary>
internal static class BackupCommand
{
    public static Command Backup { get; } = new(
        "backup",
        "backup --to FOLDER | --into FOLDER [--keep N]",
        "Copies the database, the key ring and the mailings being written while the program runs. --into collects backups, each named by its time, and keeps the newest N.",
        ["to", "into", "keep"], [], "Cannot back up", TakeAsync);

    public static Command Restore { get; } = new(
        "restore",
        "restore --from FOLDER [--resume]",
        "Puts a backup into an empty data folder. The program then starts with sending held; --resume lets it send at once, what was sent since the backup a second time.",
        ["from"], ["resume"], "Cannot restore", RestoreAsync);

    private static async Task TakeAsync(CommandLine line, CancellationToken ct)
    {
        var (folder, database) = line.Data();
        var keep = Keep(line);
        var shelf = line["into"] is { } into ? new BackupShelf(into, TimeProvider.System) : null;
        var target = (shelf, line["to"]) switch
        {
            ({ } s, null) => s.Next,
            (null, { } to) => to,
            _ => throw new BackupRefusedException($"Say where to. {Backup.Usage}"),
        };
        var made = await new BackupTaking(folder, database, TimeProvider.System).TakeAsync(target, ct);
        Console.WriteLine($"Backed up to {target}: {Describe(made)}. The copy was read again and is whole.");
        if (keep is { } most && shelf?.Tidy(most) is > 0 and var gone)
        {
            Console.WriteLine($"Deleted {gone} older {(gone == 1 ? "backup" : "backups")}.");
        }
    }

    private static async Task RestoreAsync(CommandLine line, CancellationToken ct)
    {
        var from = line["from"] ?? throw new BackupRefusedException($"Say where from. {Restore.Usage}");
        var (folder, database) = line.Data();
        var resume = line.Has("resume");
        var restored = await new BackupRestoring(folder, database).RestoreAsync(from, resume, ct);
        Console.WriteLine($"Restored to {folder}: {Describe(restored)}.");
        Console.WriteLine(resume
            ? "Sending is not held: what was sent after the copy was taken is sent again when the program starts."
            : "When the program starts, sending is held where anything waits. Compare, cancel what has gone, then resume on the Overview.");
    }

    private static int? Keep(CommandLine line) => line["keep"] switch
    {
        null => null,
        _ when line["into"] is null => throw new BackupRefusedException($"--keep goes with --into. {Backup.Usage}"),
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most >= 1 => most,
        var text => throw new BackupRefusedException($"--keep is \"{text}\". It must be a number, 1 or more."),
    };

    private static string Describe(BackupManifest m) => string.Create(CultureInfo.InvariantCulture,
        $"{m.Bytes / 1048576.0:0.0} MB in {m.Files.Count} files, a copy of {m.TakenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
}
