namespace Signify.Notifications.Web.Pages;

/// <summary>How long something takes, in the words one would say: "about 17 minutes".</summary>
public static class Duration
{
    public static string About(TimeSpan time) => time switch
    {
        { TotalSeconds: < 45 } => "less than a minute",
        { TotalSeconds: < 90 } => "about a minute",
        { TotalMinutes: < 90 } => $"about {Math.Ceiling(time.TotalMinutes):0} minutes",
        { TotalHours: < 36 } => $"about {Math.Round(time.TotalHours):0} hours",
        _ => $"about {Math.Ceiling(time.TotalDays):0} days",
    };
}
