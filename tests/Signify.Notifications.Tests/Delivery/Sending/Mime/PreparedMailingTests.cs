using System.Text;
using CsCheck;
using MimeKit;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Content;
using Signify.Notifications.Delivery.Sending.Mime;

namespace Signify.Notifications.Tests.Delivery.Sending.Mime;

public sealed class PreparedMailingTests
{
    private const string Suffix = ".k3j9x2@contoso.com";

    private static readonly DateTimeOffset Date = new(2026, 11, 23, 8, 30, 0, TimeSpan.Zero);

    private static readonly string[] Awkward =
    [
        "\r\n", "\n", "\r", " ", "  ", "\t", ".", "=", "=?utf-8?q?x?=", "\"", "\\", "<", ">", ",", ";", ":", "(", ")", "@", "\0", "\u000b", "\u0085", "\u2028",
        "From ", "--", "\r\nBcc: eve@evil.example\r\n",
    ];

    // Weighted towards what breaks composers: line ends, blanks, dots, equal signs, quotes, and every corner of Unicode.
    private static readonly Gen<string> Words = Gen.OneOf(
        Gen.Int[0, Awkward.Length - 1].Select(i => Awkward[i]),
        Gen.Char[' ', '~'].Array[0, 120].Select(chars => new string(chars)),
        Gen.Int[0, 0x10FFFF].Where(n => Rune.IsValid(n)).Array[1, 30].Select(runes => string.Concat(runes.Select(r => new Rune(r).ToString())))).Array[0, 12].Select(string.Concat);

    [Fact]
    public void Whatever_is_said_is_read_back_as_it_was_said()
    {
        var letters = Gen.Select(Words, Words, Words, Words, Words);

        letters.Sample((subject, fromName, toName, text, html) =>
        {
            var mailing = new PreparedMailing("hr@contoso.com", fromName, Date, []);

            var message = Read(mailing.Compose(7, Suffix, "anna@contoso.com", toName, null, new RenderedContent(subject, text, html)));

            Assert.Equal(MimeHeaders.OnOneLine(subject), message.Subject ?? "");
            Assert.Equal((MimeHeaders.OnOneLine(fromName), "hr@contoso.com"), Only(message.From));
            Assert.Equal((MimeHeaders.OnOneLine(toName), "anna@contoso.com"), Only(message.To));
            Assert.Equal(Lines(text), Lines(message.TextBody ?? ""));
            Assert.Equal(Lines(html), Lines(message.HtmlBody ?? ""));
            Assert.Equal("7" + Suffix, message.MessageId);
            Assert.Equal(Date, message.Date);
            Assert.Empty(message.Bcc);
            Assert.Empty(message.Cc);
        }, iter: 3000);
    }

    [Fact]
    public void Any_text_is_carried_in_lines_that_any_server_takes()
    {
        Gen.Select(Words, Words).Sample((subject, text) =>
        {
            var mailing = new PreparedMailing("hr@contoso.com", subject, Date, [File("notes.txt", "text/plain", Encoding.UTF8.GetBytes(text))]);

            var bytes = mailing.Compose(7, Suffix, "anna@contoso.com", subject, null, new RenderedContent(subject, text, null));

            Assert.True(Ascii.IsValid(bytes.Span));
            var lines = Encoding.ASCII.GetString(bytes.Span).Split("\r\n");
            Assert.All(lines, line => Assert.True(line.Length <= 998 && !line.Contains('\r') && !line.Contains('\n'), line));
            Assert.Equal("", lines[^1]);
        }, iter: 1000);
    }

    [Fact]
    public void Text_alone_html_alone_and_both_have_their_own_shape()
    {
        var mailing = new PreparedMailing("hr@contoso.com", null, Date, []);

        var text = Read(mailing.Compose(1, Suffix, "anna@contoso.com", null, null, new RenderedContent("s", "t", null)));
        var html = Read(mailing.Compose(2, Suffix, "anna@contoso.com", null, null, new RenderedContent("s", null, "<p>h</p>")));
        var both = Read(mailing.Compose(3, Suffix, "anna@contoso.com", null, null, new RenderedContent("s", "t", "<p>h</p>")));

        Assert.True(Assert.IsType<TextPart>(text.Body).IsPlain);
        Assert.True(Assert.IsType<TextPart>(html.Body).IsHtml);
        Assert.Equal(["text/plain", "text/html"], Assert.IsType<MultipartAlternative>(both.Body).Select(part => part.ContentType.MimeType));
        Assert.Equal("auto-generated", both.Headers["Auto-Submitted"]);
        Assert.Equal("1.0", both.Headers[HeaderId.MimeVersion]);
    }

    [Theory]
    [InlineData("Q3 überblick – größer.pdf", "application/pdf", "application/pdf")]
    [InlineData("a\"b\\c;d.txt", "text/plain; charset=utf-8", "text/plain")]
    [InlineData("mail.eml", "message/rfc822", "application/octet-stream")]
    [InlineData("odd", "not a type\r\nBcc: eve@evil.example", "application/octet-stream")]
    public void A_file_arrives_with_its_name_its_type_and_its_bytes(string name, string type, string expectedType)
    {
        var content = Enumerable.Range(0, 5000).Select(i => (byte)(i * 31)).ToArray();
        var mailing = new PreparedMailing("hr@contoso.com", "HR", Date, [File(name, type, content), File("second.bin", "application/octet-stream", [])]);

        var message = Read(mailing.Compose(1, Suffix, "anna@contoso.com", null, null, new RenderedContent("s", "t", "<p>h</p>")));

        Assert.IsType<MultipartAlternative>(Assert.IsType<Multipart>(message.Body)[0]);
        var files = message.Attachments.Cast<MimePart>().ToList();
        Assert.Equal([name, "second.bin"], files.Select(f => f.FileName));
        Assert.Equal(expectedType, files[0].ContentType.MimeType);
        using var decoded = new MemoryStream();
        files[0].Content!.DecodeTo(decoded, TestContext.Current.CancellationToken);
        Assert.Equal(content, decoded.ToArray());
        Assert.Empty(message.Bcc);
    }

    [Theory]
    [InlineData("anna@bücher.example", "anna@xn--bcher-kva.example", true)]
    [InlineData("\"a b\"@contoso.com", "\"a b\"@contoso.com", true)]
    [InlineData("用户@contoso.com", "用户@contoso.com", false)]
    public void An_address_stands_in_the_header_as_servers_know_it(string to, string read, bool ascii)
    {
        var mailing = new PreparedMailing("hr@contoso.com", null, Date, []);

        var bytes = mailing.Compose(1, Suffix, to, null, null, new RenderedContent("s", "t", null));

        Assert.Equal(ascii, Ascii.IsValid(bytes.Span));
        Assert.Contains($"To: {read}\r\n", Encoding.UTF8.GetString(bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Further_recipients_stand_in_the_header_and_in_the_envelope()
    {
        const string Cc = "\"Bea, Boss\" <bea@contoso.com>, =?utf-8?q?J=C3=B6rg?= <joerg@contoso.com>, anna@contoso.com";
        var mailing = new PreparedMailing("hr@contoso.com", null, Date, []);

        var message = Read(mailing.Compose(1, Suffix, "anna@contoso.com", null, Cc, new RenderedContent("s", "t", null)));

        Assert.Equal(["Bea, Boss", "Jörg", ""], message.Cc.Mailboxes.Select(m => m.Name ?? ""));
        Assert.Equal(["anna@contoso.com", "bea@contoso.com", "joerg@contoso.com"], CcList.Recipients("anna@contoso.com", Cc));
        Assert.Equal(["anna@contoso.com"], CcList.Recipients("anna@contoso.com", null));
    }

    [Theory]
    [InlineData("plain ascii\r\nin two lines", "7bit")]
    [InlineData("Grüße aus Köln, ganz überwiegend lateinisch", "quoted-printable")]
    [InlineData("Всем привет из Москвы", "base64")]
    [InlineData("a tab\tis fine", "7bit")]
    [InlineData("a NUL\0is not", "quoted-printable")]
    public void A_text_travels_in_the_encoding_that_fits_it(string text, string encoding)
    {
        var mailing = new PreparedMailing("hr@contoso.com", null, Date, []);

        var message = Encoding.UTF8.GetString(mailing.Compose(1, Suffix, "anna@contoso.com", null, null, new RenderedContent("s", text, null)).Span);

        Assert.Contains($"Content-Transfer-Encoding: {encoding}\r\n", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_longer_than_smtp_takes_is_broken_up_softly()
    {
        var mailing = new PreparedMailing("hr@contoso.com", null, Date, []);
        var text = new string('x', 5000) + " \r\n" + new string('y', 990) + " ";

        var bytes = mailing.Compose(1, Suffix, "anna@contoso.com", null, null, new RenderedContent(new string('s', 1500), text, null));

        Assert.All(Encoding.ASCII.GetString(bytes.Span).Split("\r\n"), line => Assert.True(line.Length <= 76, line));
        Assert.Equal(Lines(text), Lines(Read(bytes).TextBody!));
        Assert.Equal(new string('s', 1500), Read(bytes).Subject);
    }

    [Fact]
    public void The_same_text_again_is_the_same_bytes_and_another_text_is_not_mistaken_for_it()
    {
        var mailing = new PreparedMailing("hr@contoso.com", null, Date, []);
        string Body(string text) => Read(mailing.Compose(1, Suffix, "anna@contoso.com", null, null, new RenderedContent("s", text, $"<p>{text}</p>"))).TextBody!.TrimEnd();

        Assert.Equal(["eins ü", "eins ü", "eins ü", "zwei ü", "eins ü", "zwei ü", "zwei ü"], ((string[])["eins ü", "eins ü", "eins ü", "zwei ü", "eins ü", "zwei ü", "zwei ü"]).Select(Body));
    }

    [Fact]
    public void Half_a_character_does_no_harm()
    {
        var mailing = new PreparedMailing("hr@contoso.com", "\ud83d", Date, []);

        var message = Read(mailing.Compose(1, Suffix, "anna@contoso.com", "\ude00", null, new RenderedContent("a\ud83d", "b\ude00", null)));

        Assert.Equal("a\ufffd", message.Subject);
        Assert.Equal("b\ufffd", message.TextBody!.TrimEnd());
    }

    private static MailingAttachment File(string name, string type, byte[] content) =>
        new() { MailingId = 1, Number = name == "second.bin" ? 2 : 1, Name = name, ContentType = type, Content = content };

    private static MimeMessage Read(ReadOnlyMemory<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray());
        return MimeMessage.Load(stream, TestContext.Current.CancellationToken);
    }

    private static (string Name, string Address) Only(InternetAddressList list)
    {
        var mailbox = Assert.IsType<MailboxAddress>(Assert.Single(list));
        return (mailbox.Name ?? "", mailbox.Address);
    }

    // The line end before a boundary is the boundary's: how many blank lines end a text is nobody's business.
    private static string Lines(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').TrimEnd('\n');
}
