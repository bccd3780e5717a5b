using System.ComponentModel;
using Signify.Notifications.Delivery;

namespace Signify.Notifications.Web.Api;

/// <summary>The body of <c>POST /api/v1/notifications</c>, for the OpenAPI document; <see cref="HandInBodyReader"/> reads it.</summary>
public sealed record NotificationBody
{
    [Description("One address, with a display name or without: Anna <anna@contoso.com>.")]
    public required string To { get; init; }

    [Description("One address, or a list of them.")]
    public IReadOnlyList<string>? Cc { get; init; }

    public required string Subject { get; init; }

    [Description("The plain body. At least one of text and html is there.")]
    public string? Text { get; init; }

    public string? Html { get; init; }

    public IReadOnlyList<AttachmentBody>? Attachments { get; init; }

    public Priority? Priority { get; init; }

    [Description("Not sent before.")]
    public DateTimeOffset? NotBefore { get; init; }

    [Description("Not sent after.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [Description("What to do with a message that may have gone: send it again with the same Message-ID, or leave it to a person.")]
    public OnDoubt? OnDoubt { get; init; }
}

/// <summary>The body of <c>POST /api/v1/mailings</c>; as NDJSON, the first line without recipients.</summary>
public sealed record MailingBody
{
    [Description("For the people who watch it; recipients do not see it.")]
    public required string Name { get; init; }

    [Description("A Liquid template over each recipient's fields, like text and html.")]
    public required string Subject { get; init; }

    public string? Text { get; init; }

    public string? Html { get; init; }

    public required IReadOnlyList<RecipientBody> Recipients { get; init; }

    public IReadOnlyList<AttachmentBody>? Attachments { get; init; }

    public Priority? Priority { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public OnDoubt? OnDoubt { get; init; }
}

/// <summary>One recipient of a mailing; as NDJSON, one line.</summary>
public sealed record RecipientBody
{
    public required string To { get; init; }

    [Description("One address, or a list of them.")]
    public IReadOnlyList<string>? Cc { get; init; }

    [Description("What {{field}} in the mailing's words stands for.")]
    public IReadOnlyDictionary<string, object>? Fields { get; init; }
}

public sealed record AttachmentBody
{
    public required string Name { get; init; }

    [Description("Left out, it goes by the name's ending.")]
    public string? ContentType { get; init; }

    [Description("The file as Base64.")]
    public required string Content { get; init; }
}
