using System.Xml.Linq;

namespace Signify.Notifications.Persistence.Moving;

/// <summary>One of the two databases of a move, with everything that is its own way there. Nobody else uses it meanwhile.</summary>
internal interface IMoveEnd : IAsyncDisposable
{
    /// <summary>For the operator: what it is and where.</summary>
    string Place { get; }

    /// <summary>Open for the whole move.</summary>
    NotificationsDbContext Db { get; }

    /// <summary>Brings a goal to today's shape.</summary>
    Task MigrateAsync(CancellationToken ct);

    /// <summary>Empties the tables.</summary>
    Task EmptyAsync(IReadOnlyList<MoveTable> tables, CancellationToken ct);

    /// <summary>Writes rows as they come. The same array comes for each row.</summary>
    Task WriteAsync(MoveTable table, IAsyncEnumerable<object?[]> rows, CancellationToken ct);

    /// <summary>The highest number that was ever given to a row.</summary>
    Task<long> LastNumberAsync(MoveTable table, CancellationToken ct);

    Task SetLastNumberAsync(MoveTable table, long number, CancellationToken ct);

    /// <summary>What was written is on the disk, and the database works as the program sets it up.</summary>
    Task FinishAsync(CancellationToken ct);

    /// <summary>The elements of the key ring by their names.</summary>
    Task<IReadOnlyDictionary<string, XElement>> ReadKeysAsync(CancellationToken ct);

    Task WriteKeysAsync(IReadOnlyDictionary<string, XElement> keys, CancellationToken ct);
}
