using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>A batch size with what it means at Exchange Online's pace.</summary>
public sealed record BatchChoice(BatchSize Size, string Label)
{
    /// <summary>What Exchange Online allows a mailbox.</summary>
    public const int PerMinute = 30;

    public static IReadOnlyList<BatchChoice> All { get; } =
    [
        new(BatchSize.Small, "Small"),
        new(BatchSize.Medium, "Medium (Recommended)"),
        new(BatchSize.Large, "Large"),
    ];

    public string Value => Size.ToString().ToLowerInvariant();

    public int Messages => (int)Size;

    public string AtPace => (Messages * 60 / PerMinute) switch
    {
        < 60 and var seconds => $"about {seconds} s",
        60 => "about a minute",
        var seconds => $"over {seconds / 60} min",
    };

    public static int MinutesFor(int messages) => (int)Math.Ceiling(messages / (double)PerMinute);
}
