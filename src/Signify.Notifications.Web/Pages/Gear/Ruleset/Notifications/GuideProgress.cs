namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>The six steps and what they need beforehand, each with how far it has come.</summary>
public sealed record GuideProgress
{
    public required GuideMark App { get; init; }

    public required GuideMark Ids { get; init; }

    public required GuideMark Secret { get; init; }

    public required GuideMark Permission { get; init; }

    public required GuideMark Exchange { get; init; }

    public required GuideMark Form { get; init; }

    // What is needed beforehand

    public required GuideMark Licence { get; init; }

    public required GuideMark Account { get; init; }

    public required GuideMark Consent { get; init; }

    public required GuideMark SmtpAuth { get; init; }

    public required GuideMark Firewall { get; init; }

    public IReadOnlyList<GuideMark> Steps => [App, Ids, Secret, Permission, Exchange, Form];

    public int Seen => Steps.Count(s => s.State == GuideState.Done);

    public string Line => Seen switch
    {
        0 => "None of the 6 steps seen yet. They tick themselves off with what a check proves.",
        6 => "All 6 steps seen. Notifications can leave.",
        var n => $"{n} of 6 steps seen.",
    };

    public string Tone => Seen == Steps.Count ? "good" : Steps.Any(s => s.Finding is not null) ? "warn" : "idle";
}
