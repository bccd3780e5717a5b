namespace Signify.Notifications.Delivery.HandIn;

/// <summary>What is wrong with a hand-in, by field.</summary>
internal sealed class HandInErrors
{
    private readonly Dictionary<string, List<string>> _byField = [];

    public bool Any => _byField.Count > 0;

    public void Add(string field, string message)
    {
        if (!_byField.TryGetValue(field, out var messages))
        {
            _byField[field] = messages = [];
        }

        messages.Add(message);
    }

    public void AddIf(bool wrong, string field, string message)
    {
        if (wrong)
        {
            Add(field, message);
        }
    }

    public HandInOutcome.Refused ToRefused() => new(_byField.ToDictionary(e => e.Key, e => e.Value.ToArray()), [], 0);
}
