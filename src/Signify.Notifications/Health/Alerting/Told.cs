namespace Signify.Notifications.Health.Alerting;

/// <summary>What became of one try to tell. A closed set; the words hold no address and no secret.</summary>
internal abstract record Told(string Words)
{
    public sealed record Done(string Words) : Told(Words);

    /// <summary>Not now; it is tried again with growing waits.</summary>
    public sealed record Failed(string Words) : Told(Words);

    /// <summary>It was not tried, and is looked at again shortly.</summary>
    public sealed record NotYet(string Words) : Told(Words);

    /// <summary>No longer worth telling this way.</summary>
    public sealed record Needless(string Words) : Told(Words);
}
