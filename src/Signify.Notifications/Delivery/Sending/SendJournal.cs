using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// A file beside the embedded database that says what is on its way and what became of it, until the database says so. A line is with
/// the operating system when it is appended, and outlives this process from then on; after a start <see cref="JournalReplay"/> puts it
/// into the database. Used under one lock. See docs/decisions/0025.
/// </summary>
internal sealed class SendJournal(string folder) : IDisposable
{
    /// <summary>How far the lines of each journal are in this database: none is put in twice. The journal's own, and no part of the model: PostgreSQL has none.</summary>
    public const string Table = """CREATE TABLE IF NOT EXISTS "SendJournals" ("Name" TEXT NOT NULL PRIMARY KEY, "Applied" INTEGER NOT NULL)""";

    public const string Mark = """INSERT INTO "SendJournals" ("Name", "Applied") VALUES (@name, @applied) ON CONFLICT ("Name") DO UPDATE SET "Applied" = @applied""";

    private const int FullAt = 4 * 1024 * 1024;

    private readonly MemoryStream _line = new();
    private readonly Queue<(string Path, long Last)> _full = new();
    private FileStream? _file;
    private long _length;
    private long _last;
    private int _files;
    private bool _broken;

    /// <summary>The first part of its files' names.</summary>
    public string Name { get; } = $"sending-{Guid.NewGuid():N}";

    /// <returns>The line's number; null when it cannot be written: then the database has to take it at once.</returns>
    public long? TryAppend(Ending? ended, InHand? next)
    {
        if (_broken)
        {
            return null;
        }

        try
        {
            _file ??= Open();
            JournalEntry.Write(_line, _last + 1, ended, next);
            RandomAccess.Write(_file.SafeFileHandle, _line.GetBuffer().AsSpan(0, (int)_line.Length), _length);
            _length += _line.Length;
            _last++;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            TakeBack();
            return null;
        }

        if (_length >= FullAt)
        {
            _full.Enqueue((_file.Name, _last));
            Close();
        }

        return _last;
    }

    /// <summary>The database has all lines up to this one.</summary>
    public void Applied(long number)
    {
        while (_full.TryPeek(out var full) && full.Last <= number)
        {
            Try(() => File.Delete(_full.Dequeue().Path));
        }

        if (number == _last && _file is not null && Try(() => _file.SetLength(0)))
        {
            _length = 0;
        }
    }

    public void Dispose()
    {
        // Lines that the database never took stay for the next start.
        var (path, empty) = (_file?.Name, _length == 0);
        Close();
        if (path is not null && empty)
        {
            Try(() => File.Delete(path));
        }

        _line.Dispose();
    }

    private FileStream Open() => PrivateFiles.Create(Path.Combine(folder, $"{Name}-{++_files}.journal"));

    private void Close()
    {
        _file?.Dispose();
        (_file, _length) = (null, 0);
    }

    // Half a line would hide those behind it.
    private void TakeBack() => _broken = !Try(() => _file?.SetLength(_length));

    // What stays of lines that the database has is known by its mark.
    private static bool Try(Action tidying)
    {
        try
        {
            tidying();
            return true;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
