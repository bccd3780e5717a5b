using System.Globalization;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Backups;

namespace Signify.Notifications.Web.Commands;

/// <summary>What a restore of this program does by itself, for a database that other tools restored: hold sending until a person has looked.</summary>
internal static class AfterRestoreCommand
{
    public static Command Command { get; } = new(
        "after-restore",
        "after-restore [--taken-at TIME]",
        "Holds sending in a database that other tools restored, on PostgreSQL or SQLite. Call it before the program starts. TIME is when the copy was taken: 2026-11-23T17:30:00Z.",
        ["taken-at"], [], "Cannot hold sending", RunAsync);

    private static async Task RunAsync(CommandLine line, CancellationToken ct)
    {
        var takenAt = TakenAt(line["taken-at"]);
        await using var services = CommandServices.Build(line);
        await services.PrepareDatabaseAsync(ct);
        var held = await services.GetRequiredService<RestoredHold>().HoldAsync(takenAt, ct);
        Console.WriteLine(held == 0 ? "Nothing waits to be sent, so nothing is held." : $"Sending is held for {held} {(held == 1 ? "ruleset" : "rulesets")} until somebody resumes.");
    }

    private static DateTimeOffset? TakenAt(string? text) => text switch
    {
        null => null,
        _ when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => at,
        _ => throw new BackupRefusedException($"--taken-at is \"{text}\". Write it as 2026-11-23T17:30:00Z."),
    };
}
