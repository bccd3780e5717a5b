using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Moving;

namespace Signify.Notifications.Web.Commands;

/// <summary>Moves an installation between the embedded database and PostgreSQL.</summary>
internal static class MoveCommand
{
    public static Command Command { get; } = new(
        "move",
        "move --to PostgreSql --connection STRING | --to Sqlite --data FOLDER | --reopen",
        "Moves the stopped installation of the configuration into an empty database, compares both, and closes the one it came from. --reopen opens that one again: only when the program was never started where it went.",
        ["to", "connection", "data"], ["reopen"], "Cannot move", RunAsync);

    private static async Task RunAsync(CommandLine line, CancellationToken ct)
    {
        var move = new Move(line.Configuration, line.Builder.Environment.ContentRootPath, TimeProvider.System, Console.WriteLine);
        switch (line["to"]?.ToUpperInvariant(), line["connection"], line["data"], line.Has("reopen"))
        {
            case ("POSTGRESQL", { } connection, null, false):
                RequireCertificate(line);
                await move.ToPostgreSqlAsync(connection, ct);
                Console.WriteLine("Moved. Set Database:Provider=PostgreSql and ConnectionStrings:Notifications before the next start; Data:Directory stays, with the mailings being written. The database file there does not start any more: keep it as a backup.");
                break;
            case ("SQLITE", null, { } folder, false):
                await move.ToSqliteAsync(folder, ct);
                Console.WriteLine($"Moved. Set Database:Provider=Sqlite and Data:Directory={folder} before the next start; mailings being written lie in the folder drafts of the former one. The database in PostgreSQL does not start any more: keep it as a backup.");
                break;
            case (null, null, null, true):
                Console.WriteLine(await move.ReopenAsync(ct) is { } place
                    ? $"Open again. Never start the copy on {place}: both would send what waits."
                    : "It was not moved: nothing to do.");
                break;
            default:
                throw new StartRefusedException($"Say where to. {Command.Usage}");
        }
    }

    private static void RequireCertificate(CommandLine line)
    {
        if (line.Builder.Environment.IsProduction() && string.IsNullOrEmpty(line.Configuration["Keys:Certificate"]))
        {
            throw new StartRefusedException("In PostgreSQL the key ring lies beside the secrets that it opens. Name a certificate with its private key (PFX) in Keys:Certificate, the same that the program will use there. docs/operations.md says how to make one.");
        }
    }
}
