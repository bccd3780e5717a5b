using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Diagnosis;

/// <content>What is said of one message and its recipients.</content>
public static partial class Causes
{
    public static readonly Cause RecipientBusy = new("recipient-busy", FindingCode.ServerBusy);

    public static readonly Cause RecipientTooMuch = new("recipient-too-much", FindingCode.TooFast);

    public static readonly Cause RecipientsTooMany = new("recipients-too-many", FindingCode.RecipientRejected);

    public static readonly Cause RecipientMailboxFull = new("recipient-mailbox-full", FindingCode.RecipientRejected);

    public static readonly Cause RecipientNotFound = new("recipient-not-found", FindingCode.RecipientRejected);

    public static readonly Cause RecipientInvalid = new("recipient-invalid", FindingCode.RecipientRejected);

    public static readonly Cause RecipientDomainRefuses = new("recipient-domain-refuses", FindingCode.RecipientRejected);

    public static readonly Cause HighVolumeExternal = new("high-volume-external", FindingCode.RecipientRejected);

    public static readonly Cause RecipientRestricted = new("recipient-restricted", FindingCode.RecipientRejected);

    public static readonly Cause RecipientRefused = new("recipient-refused", FindingCode.RecipientRejected);

    public static readonly Cause RecipientNotAscii = new("recipient-not-ascii", FindingCode.RecipientRejected);

    public static readonly Cause RecipientNotAnAddress = new("recipient-not-an-address", FindingCode.RecipientRejected);

    public static readonly Cause TestRecipientInvalid = new("test-recipient-invalid", FindingCode.RecipientRejected);

    public static readonly Cause SenderNotAnAddress = new("sender-not-an-address", FindingCode.FromInvalid) { Field = SettingsField.FromEmail };

    public static readonly Cause BlockList = new("block-list", FindingCode.MessageRefused);

    public static readonly Cause FromHeaderInvalid = new("from-header-invalid", FindingCode.MessageRefused);

    public static readonly Cause BareLineFeed = new("bare-line-feed", FindingCode.MessageRefused);

    public static readonly Cause MessageExpired = new("message-expired", FindingCode.MessageRefused);

    public static readonly Cause MessageEightBit = new("message-eight-bit", FindingCode.MessageRefused);

    public static readonly Cause MessageTooLarge = new("message-too-large", FindingCode.MessageTooLarge);

    public static readonly Cause MailingDeleted = new("mailing-deleted", FindingCode.MessageRefused);

    public static readonly Cause TextNotMade = new("text-not-made", FindingCode.MessageRefused);

    public static readonly Cause MessageRefused = new("message-refused", FindingCode.MessageRefused);
}
