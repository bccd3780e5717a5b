namespace Signify.Notifications.Sandbox.Exchange;

/// <summary>Takes the bytes of a message body as they come.</summary>
internal interface IBodyReader
{
    /// <summary>True when the body has ended; what follows the consumed bytes are commands.</summary>
    bool Feed(ReadOnlySpan<byte> bytes, out int consumed);
}
