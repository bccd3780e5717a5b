using System.Threading.Channels;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>One who follows. Who falls this far behind is let go, and follows anew with how things stand then.</summary>
internal sealed class FeedListener
{
    private readonly Channel<DeliveryEvent> _events = Channel.CreateBounded<DeliveryEvent>(1000);

    public ChannelReader<DeliveryEvent> Reader => _events.Reader;

    public void Tell(DeliveryEvent change)
    {
        if (!_events.Writer.TryWrite(change))
        {
            End(null);
        }
    }

    public void End(Exception? fault) => _events.Writer.TryComplete(fault);
}
