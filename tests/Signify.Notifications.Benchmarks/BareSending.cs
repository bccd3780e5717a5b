using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Signify.Notifications.Delivery.Content;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Delivery.Sending.Mime;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Benchmarks;

/// <summary>Sending without a queue and without a record: what the durable way is measured against.</summary>
internal static class BareSending
{
    /// <summary>As a careful program does it with MailKit: kept connections, no Nagle, a message built for each recipient.</summary>
    public static Task<Lap> MailKitAsync(int port, int messages, int connections, int length) => OverAsync(messages, connections, async next =>
    {
        var body = Letter.Body(length);
        using var client = new SmtpClient();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port);
        await client.ConnectAsync(socket, "127.0.0.1", port, SecureSocketOptions.None);
        while (next() is { } number)
        {
            using var message = new MimeMessage();
            message.From.Add(MailboxAddress.Parse(Letter.From));
            message.To.Add(MailboxAddress.Parse(Letter.Recipient(number)));
            message.Subject = Letter.Subject;
            message.Body = new TextPart("plain") { Text = body };
            await client.SendAsync(message);
        }

        await client.DisconnectAsync(quit: true);
    });

    /// <summary>The program's own sessions and composer, and nothing else of it.</summary>
    public static Task<Lap> SessionsAsync(DeliveryLab lab, int messages, int connections, int length)
    {
        var mailing = new PreparedMailing(Letter.From, null, TimeProvider.System.GetUtcNow(), []);
        var content = new RenderedContent(Letter.Subject, Letter.Body(length), null);
        return OverAsync(messages, connections, async next =>
        {
            await using var session = await lab.Get<SenderParts>().Transport(Route.Smtp).OpenAsync(lab.Settings, CancellationToken.None);
            while (next() is { } number)
            {
                var bytes = mailing.Compose(number, ".bench@contoso.com", Letter.Recipient(number), null, null, content);
                if (await session.SendAsync(new OutgoingMail(Letter.From, [Letter.Recipient(number)], bytes, () => true), CancellationToken.None) is not SendOutcome.Accepted)
                {
                    throw new InvalidOperationException("A message was not taken.");
                }
            }

            await session.CloseAsync(CancellationToken.None);
        });
    }

    private static Task<Lap> OverAsync(int messages, int connections, Func<Func<int?>, Task> connection)
    {
        var taken = 0;
        int? Next() => Interlocked.Increment(ref taken) is var number && number <= messages ? number : null;
        return Lap.MeasureAsync(messages, () => Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => connection(Next)))));
    }
}
