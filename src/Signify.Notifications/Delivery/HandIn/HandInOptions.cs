using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>Configuration section <c>HandIn</c>: how large what is handed in may be.</summary>
public sealed class HandInOptions
{
    /// <summary>Characters of a subject, before merging and after.</summary>
    [Range(1, 998)]
    public int SubjectCharacters { get; set; } = 998;

    /// <summary>Bytes (UTF-8) of each body, before merging.</summary>
    [Range(1, 16 * 1024 * 1024)]
    public int BodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Attachments of one message.</summary>
    [Range(0, 1000)]
    public int Attachments { get; set; } = 50;

    /// <summary>Bytes of all attachments of one message together, decoded.</summary>
    [Range(0, 150 * 1024 * 1024)]
    public int AttachmentBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>To and Cc of one message together.</summary>
    [Range(1, 1000)]
    public int Recipients { get; set; } = 500;

    /// <summary>Bytes of one recipient's merge fields, as JSON.</summary>
    [Range(2, 1024 * 1024)]
    public int FieldsBytes { get; set; } = 32 * 1024;

    /// <summary>Bytes of one line of a stream; the first line, the head, is bounded by <see cref="JsonBytes"/>.</summary>
    [Range(256, 4 * 1024 * 1024)]
    public int LineBytes { get; set; } = 64 * 1024;

    /// <summary>Bytes of a JSON body, and of the head of a stream. A stream as a whole has no limit.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int JsonBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Values in a JSON body, and in the head of a stream: objects, lists, texts, numbers, true, false, null at any depth.</summary>
    [Range(1000, 100_000_000)]
    public int JsonValues { get; set; } = 1_000_000;

    /// <summary>Bytes from which a JSON body, or the head of a stream, is large.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int LargeBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Large JSON bodies and heads that the process holds at a time; the next ones are answered 503.</summary>
    [Range(1, 1000)]
    public int LargeBodies { get; set; } = 2;

    /// <summary>Seconds after which a large JSON body or head must have arrived.</summary>
    [Range(1, 3600)]
    public int LargeBodySeconds { get; set; } = 300;

    /// <summary>How many of the recipients left out are listed one by one.</summary>
    [Range(0, 100_000)]
    public int RejectedListed { get; set; } = 1000;

    /// <summary>Seconds for which a caller may stay silent within a body. Then the hand-in ends and nothing of it is sent.</summary>
    [Range(1, 3600)]
    public int IdleSeconds { get; set; } = 120;

    /// <summary>Days for which an idempotency key is known.</summary>
    [Range(1, 365)]
    public int KeepKeysDays { get; set; } = 7;
}
