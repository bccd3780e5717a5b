using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Moving;

namespace Signify.Notifications.Web.Commands;

/// <summary>Moves an installation between the embedded database and PostgreSQL.</summary>
internal static class MoveCommand
{
    public static Command Command { get; } = new(
        "move",
        "move --to PostgreSql --connection STRING | --to PostgreSql --connection-file FILE | --to Sqlite --data FOLDER | --reopen",
        "Moves the stopped installation of the configuration into an empty database, compares both, and closes the one it came from. --reopen opens that one again: only when the program was never started where it went. "
            + "A connection string with a password comes from a file; - reads the standard input.",
        ["to", "connection", "connection-file", "data"], ["reopen"], "Cannot move", RunAsync);

    private static async Task RunAsync(CommandLine line, CancellationToken ct)
    {
        var move = new Move(line.Configuration, line.Builder.Environment.ContentRootPath, TimeProvider.System, Console.WriteLine);
        switch (line["to"]?.ToUpperInvariant(), await ConnectionAsync(line, ct), line["data"], line.Has("reopen"))
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

    // The arguments of a process can be read by every account of the machine, and stay in the history of shells.
    private static async Task<string?> ConnectionAsync(CommandLine line, CancellationToken ct)
    {
        if (line["connection-file"] is { } file)
        {
            return line["connection"] is null
                ? (await ReadAsync(file, ct)).Trim()
                : throw new StartRefusedException("--connection and --connection-file exclude each other. Use one of them.");
        }

        return line["connection"] is not { } connection || !HasPassword(connection)
            ? line["connection"]
            : throw new StartRefusedException(
                "--connection has a password, which other accounts could read. "
                + "Put the connection string in a file for root alone and use --connection-file.");
    }

    private static async Task<string> ReadAsync(string file, CancellationToken ct)
    {
        try
        {
            return file == "-" ? await Console.In.ReadToEndAsync(ct) : await File.ReadAllTextAsync(file, ct);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"--connection-file names {file}, which cannot be read. Check the path and its permissions.", ex);
        }
    }

    private static bool HasPassword(string connection)
    {
        try
        {
            return !string.IsNullOrEmpty(new Npgsql.NpgsqlConnectionStringBuilder(connection).Password);
        }
        catch (ArgumentException)
        {
            return false;
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
