namespace Signify.Notifications.Sandbox.Limits;

/// <summary>Accepted after the delay; or refused, over the rate (the delay says when there is room) or over the day's recipients.</summary>
internal sealed record SubmissionVerdict(TimeSpan Delay, bool TooFast = false, bool OverQuota = false)
{
    public static readonly SubmissionVerdict Now = new(TimeSpan.Zero);

    public static readonly SubmissionVerdict NotToday = new(TimeSpan.Zero, OverQuota: true);
}
