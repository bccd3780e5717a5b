using Microsoft.Data.Sqlite;

namespace Signify.Notifications.Persistence.Sqlite;

/// <summary>
/// Notices a database file that was truncated or overwritten in place, such as by a backup that is copied over it. Checkpoints, VACUUM
/// and backups change the header in ways of their own, which raise no alarm. What looks wrong must do so again before it counts.
/// </summary>
/// <param name="database">A connection for this alone.</param>
internal sealed class OverwriteDetector(SqliteConnection database, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Lock _one = new();
    private DatabaseHeader? _last = ReadTwice(database);
    private long _checkedAt = time.GetTimestamp();
    private int _suspicions;
    private volatile bool _overwritten;

    /// <summary>Costs next to nothing: the file is read twice a second at most.</summary>
    public bool IsOverwritten()
    {
        if (!_overwritten && _one.TryEnter())
        {
            try
            {
                if (time.GetElapsedTime(_checkedAt) >= Interval)
                {
                    _checkedAt = time.GetTimestamp();
                    Check();
                }
            }
            finally
            {
                _one.Exit();
            }
        }

        return _overwritten;
    }

    private void Check()
    {
        if (ReadTwice(database) is not { } header)
        {
            return;
        }

        if (_last is not { } last || (!header.IsWal && !last.IsWal))
        {
            _last = header;
            return;
        }

        // A file that grows again after VACUUM is shorter than it says until the checkpoint is through.
        var enough = !header.IsWal || (int)(header.ChangeCounter - last.ChangeCounter) < 0 ? 2
            : header.Length < last.Length && header.Length < header.Expected ? 10
            : int.MaxValue;
        if (enough == int.MaxValue)
        {
            (_last, _suspicions) = (header, 0);
            return;
        }

        _overwritten = ++_suspicions >= enough;
    }

    // Read while a checkpoint writes it, it could be half of each.
    private static DatabaseHeader? ReadTwice(SqliteConnection database) =>
        DatabaseHeader.Read(database) is { } header && DatabaseHeader.Read(database) == header ? header : null;
}
