using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Tests.Delivery.HandIn.HandInLab;

namespace Signify.Notifications.Tests.Delivery.HandIn;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class ContentRulesTests : IAsyncLifetime
{
    private const string Injected = "x\r\nBcc: eve@evil.example";

    private HandInLab _lab = null!;

    public async ValueTask InitializeAsync() => _lab = await HandInLab.StartAsync(
        ("HandIn:SubjectCharacters", "20"), ("HandIn:BodyBytes", "100"), ("HandIn:Attachments", "2"), ("HandIn:AttachmentBytes", "10"), ("HandIn:Recipients", "3"),
        ("HandIn:FieldsBytes", "50"));

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    public static TheoryData<string, NewNotification> Wrong => new()
    {
        { "to", Message() with { To = null } },
        { "to", Message() with { To = Injected } },
        { "cc", Message() with { Cc = ["a@contoso.com\nBcc: b@contoso.com"] } },
        { "cc[1]", Message() with { Cc = ["a@contoso.com", "nobody"] } },
        { "cc", Message() with { Cc = ["a@contoso.com", "b@contoso.com", "c@contoso.com"] } },
        { "subject", Message() with { Subject = null } },
        { "subject", Message() with { Subject = " " } },
        { "subject", Message() with { Subject = Injected } },
        { "subject", Message() with { Subject = "a\u0085b" } },
        { "subject", Message() with { Subject = "\udc00" } },
        { "subject", Message() with { Subject = new string('x', 21) } },
        { "text", Message() with { Text = null } },
        { "text", Message() with { Text = new string('ä', 51) } },
        { "text", Message() with { Text = "a\0b" } },
        { "html", Message() with { Html = "\ud800" } },
        { "attachments[0].name", WithFile(Injected, null) },
        { "attachments[0].name", WithFile("../a.txt", null) },
        { "attachments[0].name", WithFile("", null) },
        { "attachments[0].contentType", WithFile("a.txt", "text/plain\r\nX: y") },
        { "attachments[0].contentType", WithFile("a.txt", "message/rfc822") },
        { "attachments[0].contentType", WithFile("a.txt", "nonsense") },
        { "attachments", Message() with { Attachments = [File, File, File] } },
        { "attachments", Message() with { Attachments = [File, new NewAttachment("b", null, new byte[10])] } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_breaks_a_rule_is_refused_at_its_field(string field, NewNotification notification)
    {
        var errors = await _lab.ErrorsAsync(notification);

        Assert.Equal([field], errors.Keys);
        Assert.DoesNotContain("evil", string.Concat(errors[field]), StringComparison.Ordinal);
        Assert.Empty(await _lab.MailingsAsync());
    }

    [Fact]
    public async Task A_mailings_name_is_one_line()
    {
        foreach (var name in new[] { null, "", Injected, new string('x', 201) })
        {
            Assert.Equal(["name"], Assert.IsType<HandInOutcome.Refused>(await _lab.HandInAsync(Head() with { Name = name }, People(1))).Errors.Keys);
        }
    }

    [Fact]
    public async Task Fields_have_a_limit()
    {
        var outcome = await _lab.HandInAsync(Head(), [new NewRecipient(1, "a@contoso.com") { Fields = $$"""{"name":"{{new string('x', 50)}}"}""" }]);

        Assert.Equal(LineCodes.FieldsInvalid, Assert.IsType<HandInOutcome.Refused>(outcome).Rejected.Single().Code);
    }

    [Fact]
    public async Task All_Cc_together_fit_their_column()
    {
        await using var wide = await HandInLab.StartAsync();
        var long20 = Enumerable.Range(0, 20).Select(i => $"person{i}@{string.Concat(Enumerable.Repeat("abcdefgh.", 25))}com").ToList();

        Assert.Equal(["cc"], (await wide.ErrorsAsync(Message() with { Cc = long20 })).Keys);
        Assert.IsType<HandInOutcome.NotificationQueued>(await wide.HandInAsync(Message() with { Cc = long20[..10] }));
    }

    private static readonly NewAttachment File = new("a.txt", null, new byte[] { 1 });

    private static NewNotification WithFile(string name, string? type) => Message() with { Attachments = [new NewAttachment(name, type, new byte[] { 1 })] };
}
