using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signify.Notifications.Persistence.Backups;

/// <summary>What a backup holds and what each file must be, byte by byte. Written last: a folder without it is no backup.</summary>
/// <param name="Format">The layout of the folder, <see cref="NewestFormat"/> or older.</param>
/// <param name="Program">The version of the program that made it.</param>
/// <param name="TakenAt">What was acknowledged before this time is in it.</param>
/// <param name="Migration">The shape of the database: the last migration it has.</param>
public sealed record BackupManifest(int Format, string Program, DateTimeOffset TakenAt, string? Migration, IReadOnlyList<BackupFile> Files)
{
    public const string FileName = "backup.json";

    public const string Database = "notifications.db";

    public const int NewestFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [JsonIgnore]
    public long Bytes => Files.Sum(f => f.Length);

    public void Write(string folder)
    {
        using var stream = PrivateFiles.Create(Path.Combine(folder, FileName));
        JsonSerializer.Serialize(stream, this, Json);
        stream.Flush(flushToDisk: true);
    }

    /// <exception cref="BackupRefusedException">The folder holds no backup, or a newer program's.</exception>
    public static BackupManifest Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            throw new BackupRefusedException($"{folder} holds no backup: there is no {FileName} in it. Name the folder that the backup command made.");
        }

        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllText(file), Json);
            return manifest switch
            {
                { Format: > NewestFormat } => throw new BackupRefusedException(Newer(manifest)),
                { Format: >= 1, Files: not null, Program: not null } when manifest.Files.All(f => f is { Path: not null, Sha256: not null }) => manifest,
                _ => throw new BackupRefusedException($"{file} is damaged: it does not say what the backup holds. Take another backup."),
            };
        }
        catch (JsonException ex)
        {
            throw new BackupRefusedException($"{file} is damaged: it cannot be read. Take another backup.", ex);
        }
        catch (UnauthorizedAccessException ex)
        {
            throw new BackupRefusedException($"{file} may not be read by this account. Give it read access, or run the command as the account that made the backup.", ex);
        }
    }

    internal static string Newer(BackupManifest manifest) =>
        $"This backup was made by version {manifest.Program}, which is newer than this program ({Version}). Restore it with that version, or a newer one.";

    internal static string Version { get; } = typeof(BackupManifest).Assembly.GetName().Version!.ToString(3);
}

/// <param name="Path">Below the backup's folder, parts joined by a slash.</param>
/// <param name="Sha256">In hexadecimal.</param>
public sealed record BackupFile(string Path, long Length, string Sha256);
