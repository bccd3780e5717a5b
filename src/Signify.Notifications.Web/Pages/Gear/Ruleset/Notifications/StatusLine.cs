using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>What is true now, in one line under the title: what sends, since when, over which route; what a draft is worth.</summary>
/// <param name="Tone">good, warn, bad or idle.</param>
public sealed record StatusLine(string Tone, IReadOnlyList<StatusLine.Part> Parts)
{
    public sealed record Part(string Text, bool Strong = false, DateTimeOffset? At = null, string? Field = null, string? Href = null);

    public static StatusLine Of(StatusFacts facts) => facts switch
    {
        { Unreadable: [_, ..] fields } => KeyRingLost(fields),
        { Overview.Active: { } active } => Sending(facts, active),
        { Overview.Draft: { } draft } => new StatusLine(facts.Running || facts.DraftReport is null ? "idle" : "bad",
            [new("Nothing is sending yet. "), .. Draft(facts, draft, "It")]),
        _ => new StatusLine("idle", [new("Nothing is sending yet. Fill the form in and save: the details are checked for real before they are used.")]),
    };

    private static StatusLine Sending(StatusFacts facts, SettingsRevision active)
    {
        var lost = active.SignIn == SignIn.SharedRelay && !facts.SharedRelayIsSetUp;
        var failing = facts.ActiveReport is { Passed: false };
        var parts = new List<Part> { new("Sending with "), new($"revision {active.Number}", Strong: true) };
        if (lost)
        {
            parts = [new($"Revision {active.Number}", Strong: true), new(" sends over the shared relay of your operator, and none is set up any more.")];
        }
        else if (failing)
        {
            parts.AddRange([new(" over " + Road(active) + ", but its check "), new("", At: facts.ActiveReport!.StartedAt), new(" did not pass.")]);
        }
        else
        {
            parts.AddRange([new(", validated "), new("", At: facts.ActiveReport?.StartedAt ?? active.ActivatedAt ?? active.CreatedAt), new($" over {Road(active)}.")]);
        }

        var tookOver = !lost && active is { TookOverFrom: not null };
        if (tookOver)
        {
            parts.AddRange([new(" The "), new("standby secret", Field: SettingsField.StandbySecret), new(" took over "), new("", At: active.CreatedAt), new(", and nothing stands by any more.")]);
        }

        if (facts.Overview.Draft is { } draft)
        {
            parts.Add(new(" "));
            parts.AddRange(Draft(facts, draft, "Your draft below"));
        }
        else if (facts.Running)
        {
            parts.Add(new(" It is being checked again."));
        }
        else if (facts.Health?.NextCheckAt is { } next)
        {
            parts.AddRange([new(" It is checked again by itself "), new("", At: next), new(".")]);
        }

        var ends = CredentialEnd.Of(facts.Health);
        if (ends is not null)
        {
            parts.Add(new(" " + ends.Sentence));
        }

        return new StatusLine(lost || failing ? "bad" : tookOver && ends is not { Urgent: true } ? "warn" : ends is { Urgent: true } ? ends.Tone : "good", parts);
    }

    private static IEnumerable<Part> Draft(StatusFacts facts, SettingsRevision draft, string subject) => facts switch
    {
        { Running: true } => [new($"Revision {draft.Number}", Strong: true), new(" is being checked and is not in use yet.")],
        { DraftReport: null } => [new($"The check of revision {draft.Number} was interrupted, so it is not in use yet.")],
        { Overview.Active: null } => [new($"Revision {draft.Number}", Strong: true), new($" did not pass its check. {subject} is kept as a draft.")],
        _ => [new($"{subject} is not in use yet.")],
    };

    private static StatusLine KeyRingLost(IReadOnlyList<string> fields)
    {
        var parts = new List<Part> { new("Stored secrets cannot be read: the key ring that protects them is gone or another one. Enter ") };
        for (var i = 0; i < fields.Count; i++)
        {
            parts.Add(new(i == 0 ? "" : " and "));
            parts.Add(new(SettingsField.Label(fields[i]), Strong: true, Field: fields[i]));
        }

        parts.Add(new(" again and save. Nothing else is lost."));
        return new StatusLine("bad", parts);
    }

    private static string Road(SettingsRevision active) => active switch
    {
        { SignIn: SignIn.SharedRelay } => "the shared relay of your operator",
        { ActiveRoute: Settings.Route.Graph } => "Microsoft Graph",
        _ => "SMTP",
    };

    public override string ToString() => string.Concat(Parts.Select(p => p.At is { } at ? Tags.LocalTimeTagHelper.Text(at) : p.Text));
}
