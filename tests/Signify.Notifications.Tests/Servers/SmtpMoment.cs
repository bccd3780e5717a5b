namespace Signify.Notifications.Tests.Servers;

/// <summary>Where in a dialogue the scripted mail server can be told to do something else.</summary>
public enum SmtpMoment
{
    Greeting,
    Ehlo,
    StartTls,
    Handshake,
    EhloTls,
    Auth,
    Mail,
    Rcpt,
    Data,

    /// <summary>Amid the content, when the script has a behaviour for it.</summary>
    InContent,

    /// <summary>The dot.</summary>
    Content,
    Rset,
    Quit,
}

public enum SmtpBehaviour
{
    Reply,

    /// <summary>Closes the connection.</summary>
    Drop,

    /// <summary>Says nothing more and keeps the connection.</summary>
    Stall,

    ByteByByte,

    /// <summary>The first bytes of the reply, then it hangs up.</summary>
    HalfReply,

    /// <summary>Talks without ever ending the line.</summary>
    EndlessLine,

    /// <summary>Goes on with the reply line by line, and never says the last.</summary>
    EndlessReply,

    /// <summary>One byte a second.</summary>
    Drip,

    /// <summary>Bytes that are no text in any encoding of today.</summary>
    Garbage,
}
