namespace Signify.Notifications.Delivery.Reading;

/// <summary>A mailing's notifications by what became of them. What is in none of the others waits.</summary>
public sealed record MailingCounts(int Total, int Sent, int Failed, int InDoubt, int Cancelled, int Expired)
{
    /// <summary>Still to go, in hand included; of a cancelled mailing what is still to be cancelled.</summary>
    public int Waiting => Total - Sent - Failed - InDoubt - Cancelled - Expired;

    /// <summary>The share that has come to an outcome, 0 to 1.</summary>
    public double Progress => Total == 0 ? 1 : (double)(Total - Waiting) / Total;

    internal static MailingCounts Of(Mailing m) => new(m.Total, m.Sent, m.Failed, m.InDoubt, m.Cancelled, m.Expired);
}
