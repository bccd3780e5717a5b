namespace Signify.Notifications.Delivery.Sending;

/// <summary>One gate for each mailbox at Microsoft that this process sends from, for as long as a ruleset uses it.</summary>
public sealed class PaceGates
{
    private readonly Dictionary<string, Entry> _entries = [];

    /// <param name="key">Null for a relay: its gate is this ruleset's alone.</param>
    /// <param name="create">Called for the first that uses it.</param>
    internal async Task<PaceGate> UseAsync(string? key, Func<Task<PaceGate>> create)
    {
        if (key is null)
        {
            return await create();
        }

        Entry? entry;
        lock (_entries)
        {
            if (!_entries.TryGetValue(key, out entry))
            {
                _entries[key] = entry = new Entry(create);
            }

            entry.Users++;
        }

        try
        {
            return await entry.Gate.Value;
        }
        catch
        {
            Release(key);
            throw;
        }
    }

    internal void Release(string? key)
    {
        if (key is null)
        {
            return;
        }

        lock (_entries)
        {
            if (_entries.TryGetValue(key, out var entry) && --entry.Users == 0)
            {
                _entries.Remove(key);
            }
        }
    }

    private sealed class Entry(Func<Task<PaceGate>> create)
    {
        public Lazy<Task<PaceGate>> Gate { get; } = new(create);

        public int Users { get; set; }
    }
}
