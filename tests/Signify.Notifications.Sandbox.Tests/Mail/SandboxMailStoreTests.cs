using System.Text;
using Signify.Notifications.Sandbox.Mail;

namespace Signify.Notifications.Sandbox.Tests.Mail;

public sealed class SandboxMailStoreTests
{
    [Fact]
    public void The_oldest_of_20001_messages_gives_way()
    {
        var store = new SandboxMailStore(TimeProvider.System);

        for (var i = 0; i < 20_001; i++)
        {
            Add(store, "x");
        }

        Assert.Equal((20_000, 20_001L), (store.Count, store.Total));
        Assert.Null(store.Find(1));
        Assert.NotNull(store.Find(2));
        Assert.Equal([20_001L, 20_000L], store.Newest(2).Select(message => message.Id));
    }

    [Fact]
    public void An_arrival_is_told_when_the_message_can_be_found()
    {
        var store = new SandboxMailStore(TimeProvider.System);
        SandboxMessage? found = null;
        store.Arrived += message => found = store.Find(message.Id);

        Add(store, "x");

        Assert.NotNull(found);
    }

    [Fact]
    public void Headers_are_decoded()
    {
        var message = Add(new SandboxMailStore(TimeProvider.System), "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nX-Id: 7\r\n\r\nbody");

        Assert.Equal(("Grüße", "7"), (message.Subject, message.Header("x-id")));
    }

    private static SandboxMessage Add(SandboxMailStore store, string source) =>
        store.Add(MailRoute.Smtp, "a@contoso.com", "a@contoso.com", ["b@example.com"], Encoding.UTF8.GetBytes(source));
}
