using System.Globalization;
using Signify.Notifications.Health;

namespace Signify.Notifications.Web.Pages;

/// <summary>When what the app signs in with ends, said louder the nearer it comes.</summary>
/// <param name="Tone">info, warn or bad.</param>
/// <param name="Title">"The client secret ends in 12 days".</param>
/// <param name="On">"5 December 2026".</param>
public sealed record CredentialEnd(string Tone, string Title, string On)
{
    private const int SpokenOf = 60;
    private const int Warned = 14;

    /// <summary>Worth the colour of a warning.</summary>
    public bool Urgent => Tone != "info";

    public string Sentence => $"{Title} ({On}).";

    /// <returns>Null when nobody said when it ends, and while that is more than 60 days away.</returns>
    public static CredentialEnd? Of(HealthView? health) => health is { CredentialEndsOn: { } end, CredentialDaysLeft: { } days and <= SpokenOf }
        ? new CredentialEnd(days <= 1 ? "bad" : days <= Warned ? "warn" : "info", $"The {health.Credential} {Ends(days)}", Day(end))
        : null;

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Ends(int days) => days switch
    {
        < 0 => "has ended",
        0 => "ends today",
        1 => "ends tomorrow",
        _ => $"ends in {days} days",
    };
}
