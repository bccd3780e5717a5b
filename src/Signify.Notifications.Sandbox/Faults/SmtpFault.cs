namespace Signify.Notifications.Sandbox.Faults;

/// <summary>What the mail server does at one stage in place of the right thing.</summary>
public sealed record SmtpFault
{
    /// <summary>Sent as it stands; several lines are parted by CRLF. Null: the usual reply, unless dropped or stalled.</summary>
    public string? Reply { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>The connection is reset without a reply.</summary>
    public bool Drop { get; init; }

    /// <summary>Nothing more is ever said; the client's timeout has to end it.</summary>
    public bool Stall { get; init; }

    /// <summary>At the end of data: the message is kept although the client is told otherwise, or nothing.</summary>
    public bool KeepMessage { get; init; }

    /// <summary>What it does, in words.</summary>
    public override string ToString() => string.Join(", ", Deeds());

    private IEnumerable<string> Deeds()
    {
        if (Delay > TimeSpan.Zero)
        {
            yield return $"waits {Delay.TotalSeconds:0.#} s";
        }

        if (KeepMessage)
        {
            yield return "keeps the message";
        }

        yield return this switch
        {
            { Stall: true } => "says nothing more",
            { Drop: true } => "resets the connection",
            { Reply: { } reply } => $"answers {reply}",
            _ => "answers as usual",
        };
    }

    public static SmtpFault Answer(string reply) => new() { Reply = reply };

    public static SmtpFault Wait(TimeSpan delay) => new() { Delay = delay };

    public static SmtpFault Reset { get; } = new() { Drop = true };

    public static SmtpFault Silence { get; } = new() { Stall = true };

    /// <summary>The message goes, and the link breaks before the receipt: outcome in doubt.</summary>
    public static SmtpFault ResetAfterAccepting { get; } = new() { Drop = true, KeepMessage = true };
}
