namespace Signify.Notifications.Delivery;

/// <summary>Stored as its number, which orders the queue.</summary>
public enum Priority
{
    Urgent = 0,
    Normal = 1,
    Low = 2,
}
