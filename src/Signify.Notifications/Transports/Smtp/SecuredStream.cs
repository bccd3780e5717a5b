using System.Net.Security;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>
/// The encrypted end of a connection. Behind STARTTLS a server does not greet once more, and MailKit's client begins with hearing
/// a greeting: it gets one from here.
/// </summary>
internal sealed class SecuredStream(Stream wire, bool greets) : SslStream(wire)
{
    private static readonly byte[] Greeting = "220 Encrypted\r\n"u8.ToArray();

    private int _greeted = greets ? 0 : Greeting.Length;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _greeted < Greeting.Length ? ValueTask.FromResult(Greet(buffer.Span)) : base.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _greeted < Greeting.Length ? Task.FromResult(Greet(buffer.AsSpan(offset, count))) : base.ReadAsync(buffer, offset, count, cancellationToken);

    private int Greet(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, Greeting.Length - _greeted);
        Greeting.AsSpan(_greeted, length).CopyTo(buffer);
        _greeted += length;
        return length;
    }
}
