using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Web.Api;

/// <summary>Whether sending is stopped or waits, and why.</summary>
/// <param name="Reason">person, configuration, blocked, repeated-refusals or restored; absent when sending is not stopped.</param>
/// <param name="By">The person or key; absent when the program stopped it.</param>
/// <param name="Words">What happened and the server's words.</param>
/// <param name="WaitUntil">Until when nothing is tried.</param>
public sealed record HoldJson(
    bool Held, Hold? Reason, DateTimeOffset? At, string? By, FindingCode? Code, string? Words, DateTimeOffset? WaitUntil, FindingCode? WaitCode, string? WaitWords)
{
    internal static HoldJson Of(HoldView h) => new(
        h.Held, h.Held ? h.Hold : null, h.HeldAt, h.HeldBy, h.HoldCode, h.HoldWords, h.WaitUntil, h.WaitCode, h.WaitWords);
}
