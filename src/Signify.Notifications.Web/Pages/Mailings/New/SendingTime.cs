using Signify.Notifications.Delivery.Sending;

namespace Signify.Notifications.Web.Pages.Mailings.New;

/// <summary>How long a mailing takes at the pace that the provider allows, said before it is sent.</summary>
public static class SendingTime
{
    public static string Of(int recipients, PaceLimits limits) => limits switch
    {
        { RecipientsPerDay: { } perDay } when recipients > perDay =>
            $"Takes about {Count.Of((recipients + perDay - 1) / perDay, "day")}: the provider allows {perDay:N0} recipients in 24 hours.",
        { PerMinute: { } perMinute } => $"Takes {Duration.About(TimeSpan.FromMinutes(recipients / (double)perMinute))} at {perMinute:N0} a minute.",
        _ => "Goes as fast as the relay takes it.",
    };
}
