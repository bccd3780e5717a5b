using Signify.Notifications.Findings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

public enum GuideState
{
    /// <summary>Proved by a check or a test message.</summary>
    Done,

    /// <summary>A check found that it is missing.</summary>
    NotDone,

    /// <summary>Nothing the program can see tells.</summary>
    Unseen,
}

/// <summary>How far a step of the guide has come, and how the program knows.</summary>
/// <param name="Words">One or two sentences.</param>
public sealed record GuideMark(GuideState State, string Words)
{
    /// <summary>When it was seen; null where it was not.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What says that it is missing.</summary>
    public Finding? Finding { get; init; }

    public (string Tone, string Icon, string Text) Badge => State switch
    {
        GuideState.Done => ("good", "check", "Done"),
        GuideState.NotDone => ("bad", "bad", "Not done"),
        _ => ("neutral", "dash", "Not seen"),
    };

    public static GuideMark Done(string words, DateTimeOffset? at) => new(GuideState.Done, words) { At = at };

    public static GuideMark Unseen(string words) => new(GuideState.Unseen, words);
}
