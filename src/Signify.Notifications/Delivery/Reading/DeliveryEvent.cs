namespace Signify.Notifications.Delivery.Reading;

/// <summary>Something that changed, with what it is now. A closed set.</summary>
public abstract record DeliveryEvent
{
    private DeliveryEvent()
    {
    }

    /// <summary>The ruleset's numbers.</summary>
    public sealed record OverviewChanged(Overview Overview) : DeliveryEvent;

    /// <summary>It was stopped, goes on, or waits.</summary>
    public sealed record HoldChanged(HoldView Hold) : DeliveryEvent;

    /// <summary>A mailing's progress: its last one, too, when it is finished.</summary>
    public sealed record MailingChanged(MailingDetails Mailing) : DeliveryEvent;
}
