using System.Text.Json.Serialization;

namespace Signify.Notifications.Sandbox.Graph;

internal sealed record GraphMessage
{
    [JsonPropertyName("subject")]
    public string? Subject { get; init; }

    [JsonPropertyName("body")]
    public GraphBody? Body { get; init; }

    [JsonPropertyName("from")]
    public GraphRecipient? From { get; init; }

    [JsonPropertyName("internetMessageId")]
    public string? InternetMessageId { get; init; }

    [JsonPropertyName("importance")]
    public string? Importance { get; init; }

    [JsonPropertyName("toRecipients")]
    public IReadOnlyList<GraphRecipient?>? To { get; init; }

    [JsonPropertyName("ccRecipients")]
    public IReadOnlyList<GraphRecipient?>? Cc { get; init; }

    [JsonPropertyName("bccRecipients")]
    public IReadOnlyList<GraphRecipient?>? Bcc { get; init; }

    [JsonPropertyName("replyTo")]
    public IReadOnlyList<GraphRecipient?>? ReplyTo { get; init; }

    [JsonPropertyName("internetMessageHeaders")]
    public IReadOnlyList<GraphHeader?>? Headers { get; init; }

    [JsonPropertyName("attachments")]
    public IReadOnlyList<GraphAttachment?>? Attachments { get; init; }
}

internal sealed record GraphBody([property: JsonPropertyName("contentType")] string? ContentType, [property: JsonPropertyName("content")] string? Content);

internal sealed record GraphRecipient([property: JsonPropertyName("emailAddress")] GraphAddress? EmailAddress);

internal sealed record GraphAddress([property: JsonPropertyName("name")] string? Name, [property: JsonPropertyName("address")] string? Address);

internal sealed record GraphHeader([property: JsonPropertyName("name")] string? Name, [property: JsonPropertyName("value")] string? Value);

internal sealed record GraphAttachment(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("contentType")] string? ContentType,
    [property: JsonPropertyName("contentBytes")] byte[]? ContentBytes,
    [property: JsonPropertyName("contentId")] string? ContentId,
    [property: JsonPropertyName("isInline")] bool IsInline);
