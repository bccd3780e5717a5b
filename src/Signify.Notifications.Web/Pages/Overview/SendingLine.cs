using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

namespace Signify.Notifications.Web.Pages.Overview;

/// <summary>What is true of sending now, in one line: it goes, it is held, or it waits, and what to do about it.</summary>
public static class SendingLine
{
    private const string Settings = "/gear/ruleset/notifications";

    public static StatusLine Of(SendingFacts facts) => facts switch
    {
        { Now.Hold.Held: true } => Held(facts.Now.Hold),
        { Active: null } => new StatusLine("idle", [new("Waiting for setup. Messages are sent when the "), new("settings", Href: Settings), new(" pass their check.")]),
        { Now.Hold.WaitUntil: { } until } when until > facts.Now.At => Waiting(until, facts.Now.Hold),
        { Now: { DayUsedUp: true, NextWindow: { } window } } when window > facts.Now.At => new StatusLine("warn",
            [new($"The daily limit of {facts.Now.Limits.RecipientsPerDay:N0} recipients is reached. Sending continues "), new("", At: window), new(".")]),
        _ => Sending(facts, facts.Active),
    };

    private static StatusLine Held(HoldView hold)
    {
        StatusLine.Part since = hold.HeldAt is { } at ? new("", At: at) : new("now");
        return hold.Hold switch
        {
            Hold.Person => new StatusLine("warn", [new("Held by "), new(hold.HeldBy ?? "someone", Strong: true), new(", "), since, new(". Nothing is sent until it is resumed.")]),
            Hold.Configuration => new StatusLine("bad", [new("Held since "), since, new(": the settings are at fault. No attempt is used up, and sending goes on by itself after a "), new("passing check", Href: Settings), new(".")]),
            Hold.Restored => new StatusLine("bad", [new("Held since "), since, new(": this is a backup, restored. What was sent after it was taken would be sent twice, so nothing is sent until it is resumed.")]),
            Hold.Blocked => new StatusLine("bad", [new("Held since "), since, new(": the provider blocks this mailbox for abuse. Nothing is sent until it is resumed.")]),
            _ => new StatusLine("bad", [new("Held since "), since, new(": three messages in a row were refused for the same reason. Exchange bars mailboxes that repeat an error, so nothing is sent until it is resumed.")]),
        };
    }

    private static StatusLine Waiting(DateTimeOffset until, HoldView hold) => new("warn",
        [new("Waiting until "), new("", At: until), new(hold.WaitWords is { Length: > 0 } words ? $": {words}" : ". It then goes on by itself.")]);

    private static StatusLine Sending(SendingFacts facts, SettingsRevision active)
    {
        List<StatusLine.Part> parts = [new($"Sending over {Road(active)} as "), new(active.FromEmail, Strong: true), new(".")];
        if (facts.Now.PaceShare < 1)
        {
            parts.Add(new($" The provider asked for less: at {facts.Now.PaceShare:P0} of the pace, rising again."));
        }

        if (active.TookOverFrom is not null)
        {
            parts.AddRange([new(" The standby secret took over, and "), new("nothing stands by", Href: Settings), new(".")]);
        }

        if (facts.Health.CheckedAt is { } at)
        {
            parts.AddRange([new(" Last check "), new("", At: at), new(facts.Health.Passed == true ? ", passed." : ", did not pass.")]);
        }

        return new StatusLine(facts.Health.Passed == false ? "warn" : "good", parts);
    }

    private static string Road(SettingsRevision active) => active switch
    {
        { SignIn: SignIn.SharedRelay } => "the shared relay",
        { ActiveRoute: Notifications.Settings.Route.Graph } => "Microsoft Graph",
        _ => "SMTP",
    };
}
