namespace Signify.Notifications.Delivery.Control;

/// <summary>What can be done with a mailing in which state, and why not.</summary>
internal static class MailingRules
{
    public static int Waiting(Mailing m) => m.Total - m.Sent - m.Failed - m.InDoubt - m.Cancelled - m.Expired;

    /// <returns>Null when it can, or is in that state already.</returns>
    public static ControlResult? Refuse(Mailing mailing, MailingState wanted)
    {
        if (mailing.State == wanted || wanted == MailingState.Deleting)
        {
            return null;
        }

        if (mailing.State == MailingState.Cancelled)
        {
            return new ControlResult.NotPossible("The mailing is cancelled, for ever. Hand in what is still to be sent as a new mailing.");
        }

        return Waiting(mailing) == 0 && wanted is (MailingState.Paused or MailingState.Cancelled)
            ? new ControlResult.NotPossible("Nothing of the mailing waits: all of it has come to its outcome.")
            : null;
    }

    public static ControlResult? RefuseRetry(Mailing mailing)
    {
        if (mailing.State == MailingState.Cancelled)
        {
            return new ControlResult.NotPossible("The mailing is cancelled, for ever. Resend single notifications, or hand in a new mailing.");
        }

        return mailing.Failed == 0 ? new ControlResult.NotPossible("None of the mailing's notifications failed.") : null;
    }
}
