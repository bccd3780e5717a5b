using MimeKit;

namespace Signify.Notifications.Sandbox.Mail;

/// <summary>One message as it arrived.</summary>
public sealed record SandboxMessage
{
    public required long Id { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required MailRoute Route { get; init; }

    /// <summary>The mailbox that was signed in to.</summary>
    public required string Mailbox { get; init; }

    /// <summary>Of the envelope.</summary>
    public required string From { get; init; }

    /// <summary>Of the envelope; with Graph, everyone named in To, Cc and Bcc.</summary>
    public required IReadOnlyList<string> To { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The bytes as received, dot-stuffing undone.</summary>
    public required ReadOnlyMemory<byte> Source { get; init; }

    public string Subject => Header("Subject") ?? "";

    public string MessageId => Header("Message-ID") ?? "";

    public string? Header(string name) =>
        Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    public MimeMessage ToMime()
    {
        using var stream = new MemoryStream(Source.ToArray(), false);
        return MimeMessage.Load(stream);
    }
}
