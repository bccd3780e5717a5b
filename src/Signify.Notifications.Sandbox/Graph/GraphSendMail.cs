using System.Text.Json.Serialization;

namespace Signify.Notifications.Sandbox.Graph;

/// <summary>The JSON body of sendMail, as far as the sandbox reads it.</summary>
internal sealed record GraphSendMail
{
    [JsonPropertyName("message")]
    public GraphMessage? Message { get; init; }

    [JsonPropertyName("saveToSentItems")]
    public bool SaveToSentItems { get; init; } = true;
}
