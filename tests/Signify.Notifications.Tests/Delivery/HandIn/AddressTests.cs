using CsCheck;
using MimeKit;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Tests.Delivery.HandIn;

public sealed class AddressTests
{
    [Theory]
    [InlineData("anna@contoso.com", "anna@contoso.com", null)]
    [InlineData("  Anna.B+x@CONTOSO.com ", "Anna.B+x@contoso.com", null)]
    [InlineData("Anna Åberg <anna@contoso.com>", "anna@contoso.com", "Anna Åberg")]
    [InlineData("\"Åberg, Anna\" <anna@contoso.com>", "anna@contoso.com", "Åberg, Anna")]
    [InlineData("<anna@contoso.com>", "anna@contoso.com", null)]
    [InlineData("anna@münchen.example", "anna@xn--mnchen-3ya.example", null)]
    [InlineData("anna@xn--mnchen-3ya.example", "anna@xn--mnchen-3ya.example", null)]
    [InlineData("o'brien@contoso.com", "o'brien@contoso.com", null)]
    public void An_address_is_read_as_people_write_it(string text, string address, string? name)
    {
        Assert.True(RecipientAddress.TryParse(text, out var read, out var fault), fault);
        Assert.Equal(new RecipientAddress(address, name), read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("anna@")]
    [InlineData("@contoso.com")]
    [InlineData("a@b@contoso.com")]
    [InlineData("anna@contoso..com")]
    [InlineData("anna@-contoso.com")]
    [InlineData("anna@[10.0.0.1]")]
    [InlineData(".anna@contoso.com")]
    [InlineData("änna@contoso.com")]
    [InlineData("\"anna b\"@contoso.com")]
    [InlineData("a@contoso.com, b@contoso.com")]
    [InlineData("a@contoso.com; b@contoso.com")]
    [InlineData("group: a@contoso.com;")]
    [InlineData("Anna, B <anna@contoso.com>")]
    [InlineData("eve@evil.example <anna@contoso.com>")]
    [InlineData("<eve@evil.example> <anna@contoso.com>")]
    [InlineData("<@relay.example:anna@contoso.com>")]
    [InlineData("anna(comment)@contoso.com")]
    [InlineData("anna@contoso.com\r\nBcc: eve@evil.example")]
    [InlineData("anna@contoso.com\nBcc: eve@evil.example")]
    [InlineData("Anna\r\n <anna@contoso.com>")]
    [InlineData("Anna\u2028 <anna@contoso.com>")]
    [InlineData("Anna\0 <anna@contoso.com>")]
    [InlineData("=?utf-8?Q?A=0D=0ABcc:_eve@evil.example?= <anna@contoso.com>")]
    [InlineData("anna@contoso.com>\r\nRCPT TO:<eve@evil.example")]
    public void What_is_not_one_address_is_refused(string? text)
    {
        Assert.False(RecipientAddress.TryParse(text, out _, out var fault));
        Assert.DoesNotContain("contoso.com>\r", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_long_is_refused()
    {
        Assert.True(RecipientAddress.TryParse($"{new string('a', 64)}@contoso.com", out _, out _));
        Assert.False(RecipientAddress.TryParse($"{new string('a', 65)}@contoso.com", out _, out _));
        Assert.False(RecipientAddress.TryParse($"a@{string.Concat(Enumerable.Repeat("abcdefgh.", 30))}com", out _, out _));
        Assert.False(RecipientAddress.TryParse($"{new string('a', 201)} <a@contoso.com>", out _, out _));
    }

    /// <summary>Bits of addresses and of attacks, in any order.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
        Pieces("a", "anna", "@", "contoso.com", "münchen.de", "<", ">", ",", ";", ":", "\"", "\\", "(", ")", " ", ".", "\r\n", "\n", "\t", "\0", "Bcc: ", "=?utf-8?Q?", "=0D=0A",
            "?=", "[", "]", "Å", "😀", "\ud800", "\u2028", "xn--", "-", "_", "group", "%", "a@b.c", "<a@b.c>"),
        Gen.Char.Select(c => c.ToString())).List[1, 14].Select(string.Concat);

    private static Gen<string> Pieces(params string[] pieces) => Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]);

    [Fact]
    public void Whatever_is_accepted_is_one_address_to_MimeKit_and_nothing_more() => Texts.Sample(text =>
    {
        if (!RecipientAddress.TryParse(text, out var read, out var fault))
        {
            Assert.False(string.IsNullOrEmpty(fault));
            return;
        }

        var message = new MimeMessage();
        message.To.Add(new MailboxAddress(read.Name, read.Address));
        using var wire = new MemoryStream();
        message.WriteTo(wire, TestContext.Current.CancellationToken);
        wire.Position = 0;
        var parsed = MimeMessage.Load(wire, TestContext.Current.CancellationToken);

        // MimeKit shows a domain in its own letters; on the wire it is as stored.
        Assert.Equal(read.Address, Assert.IsType<MailboxAddress>(Assert.Single(parsed.To)).GetAddress(idnEncode: true), ignoreCase: true);
        Assert.Empty(parsed.Bcc);
        Assert.Empty(parsed.Cc);
        // As a Cc it is stored as text, beside others.
        var list = InternetAddressList.Parse($"{read}, {new RecipientAddress("b@contoso.com", "B")}");
        Assert.Equal([read.Address, "b@contoso.com"], list.Cast<MailboxAddress>().Select(m => m.GetAddress(idnEncode: true)));
    }, iter: 20_000);
}
