namespace Signify.Notifications.Sandbox.Limits;

/// <summary>A count that never passes its limit.</summary>
internal sealed class Slots
{
    private readonly Lock _gate = new();
    private int _taken;

    public bool TryTake(int limit)
    {
        lock (_gate)
        {
            if (_taken >= limit)
            {
                return false;
            }

            _taken++;
            return true;
        }
    }

    public void Return()
    {
        lock (_gate)
        {
            _taken--;
        }
    }
}
