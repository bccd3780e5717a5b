namespace Signify.Notifications.Sandbox.Exchange;

/// <summary>One message's envelope, from MAIL to the end of data.</summary>
internal sealed class SmtpTransaction(string from, int maxBytes)
{
    public const int MostRecipients = 500;

    public string From => from;

    public List<string> Recipients { get; } = [];

    public MessageBuffer Message { get; } = new(maxBytes);

    /// <summary>BDAT has begun: DATA is no longer possible.</summary>
    public bool InChunks { get; set; }
}
