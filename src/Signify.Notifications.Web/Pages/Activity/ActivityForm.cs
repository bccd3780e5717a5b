using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Reading;

namespace Signify.Notifications.Web.Pages.Activity;

/// <summary>What is searched for, as it stands in the address: to bookmark and to send to a colleague.</summary>
public sealed class ActivityForm
{
    public string? To { get; set; }

    /// <summary>One of <see cref="States"/>; empty: all.</summary>
    public string? State { get; set; }

    /// <summary>Handed in at or after: a day or a time.</summary>
    public string? From { get; set; }

    /// <summary>Handed in before; a day counts whole.</summary>
    public string? Until { get; set; }

    public long? Mailing { get; set; }

    /// <summary>The zone of From and Until; empty: UTC.</summary>
    public string? Zone { get; set; }

    public static IReadOnlyList<(string Value, string Label, NotificationState[] States)> States { get; } =
    [
        ("waiting", "Waiting", [NotificationState.Queued, NotificationState.Scheduled, NotificationState.Paused]),
        ("sending", "Being sent", [NotificationState.Claimed, NotificationState.Canceling]),
        ("sent", "Sent", [NotificationState.Sent]),
        ("failed", "Failed", [NotificationState.Failed]),
        ("in-doubt", "In doubt", [NotificationState.InDoubt]),
        ("cancelled", "Cancelled", [NotificationState.Cancelled]),
        ("expired", "Expired", [NotificationState.Expired]),
    ];

    public bool Any => !string.IsNullOrWhiteSpace(To) || !string.IsNullOrEmpty(State) || !string.IsNullOrEmpty(From) || !string.IsNullOrEmpty(Until) || Mailing is not null;

    /// <summary>An address with its domain is looked up as it is; less than that is its beginning.</summary>
    public ActivitySearch ToSearch()
    {
        var to = To?.Trim().TrimEnd('*') ?? "";
        return new ActivitySearch
        {
            Recipient = to.Length == 0 ? null : to,
            BeginsWith = to.Length > 0 && (To!.TrimEnd().EndsWith('*') || !LooksWhole(to)),
            States = States.FirstOrDefault(s => s.Value == State).States ?? [],
            From = Instant(From, wholeDay: false),
            Until = Instant(Until, wholeDay: true),
            MailingId = Mailing,
        };
    }

    /// <summary>The address of this search without a place in it.</summary>
    public string Path => QueryHelpers.AddQueryString("/activity", new Dictionary<string, string?>
    {
        ["to"] = To?.Trim(),
        ["state"] = State,
        ["from"] = From,
        ["until"] = Until,
        ["mailing"] = Mailing?.ToString(CultureInfo.InvariantCulture),
        ["zone"] = Zone,
    }.Where(p => !string.IsNullOrEmpty(p.Value)));

    /// <summary>As the field for days wants it.</summary>
    public static string Day(string? typed) => typed is { Length: >= 10 } ? typed[..10] : "";

    private DateTimeOffset? Instant(string? typed, bool wholeDay)
    {
        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return TypedTime.StartOf(wholeDay && day < DateOnly.MaxValue ? day.AddDays(1) : day, Zone);
        }

        return DateTimeOffset.TryParse(typed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }

    private static bool LooksWhole(string address) => address.IndexOf('@', StringComparison.Ordinal) is var at and > 0 && address.IndexOf('.', at) > 0;
}
