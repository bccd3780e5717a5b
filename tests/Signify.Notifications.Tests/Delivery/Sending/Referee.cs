namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>The provider's side of the limits, written apart from ours: refuses what comes too fast, and counts.</summary>
internal sealed class Referee(int perMinute, int recipientsPerDay)
{
    private readonly List<(DateTimeOffset At, int Recipients)> _accepted = [];
    private int _firstOfMinute;
    private int _firstOfDay;
    private int _day;

    public int Refusals { get; private set; }

    public int Accepted => _accepted.Count;

    public bool Take(DateTimeOffset at, int recipients)
    {
        while (_firstOfMinute < _accepted.Count && _accepted[_firstOfMinute].At <= at.AddMinutes(-1))
        {
            _firstOfMinute++;
        }

        while (_firstOfDay < _accepted.Count && _accepted[_firstOfDay].At <= at.AddHours(-24))
        {
            _day -= _accepted[_firstOfDay++].Recipients;
        }

        if (_accepted.Count - _firstOfMinute >= perMinute || _day + recipients > recipientsPerDay)
        {
            Refusals++;
            return false;
        }

        _accepted.Add((at, recipients));
        _day += recipients;
        return true;
    }

    public int AcceptedBetween(DateTimeOffset from, DateTimeOffset to) => _accepted.Count(a => a.At >= from && a.At < to);
}
