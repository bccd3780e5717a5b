using System.Globalization;
using System.Text.RegularExpressions;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>A server's reply: three digits, an enhanced code where it gave one (RFC 3463), and its words.</summary>
/// <param name="Code">Three digits; 0 when the server did not keep to the form.</param>
/// <param name="Enhanced">Such as <c>5.7.3</c>; "" when there is none.</param>
public sealed partial record SmtpReply(int Code, string Enhanced, string Text)
{
    public bool Permanent => Code is >= 500 and < 600;

    /// <summary>The access token has expired (5.7.143) or is about to (5.7.142): a new one is needed, and a new connection for it.</summary>
    public bool SaysTokenExpired => Enhanced is "5.7.142" or "5.7.143";

    /// <summary>Reads the reply as it stood on the wire; the lines of a reply of several lines are joined.</summary>
    public static SmtpReply Read(string wire)
    {
        var match = Form().Match(wire);
        if (!match.Success)
        {
            return new SmtpReply(0, "", wire.Trim());
        }

        var text = Continuation().Replace(match.Groups["text"].Value, " ").Trim();
        var enhanced = EnhancedCode().Match(text);
        return new SmtpReply(int.Parse(match.Groups["code"].ValueSpan, CultureInfo.InvariantCulture), enhanced.Value, text);
    }

    public override string ToString() => Code == 0 ? Text : $"{Code} {Text}";

    [GeneratedRegex(@"^\s*(?<code>[2-5]\d\d)[ :\-]?(?<text>.*)$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"\r?\n([2-5]\d\d[ \-])?", RegexOptions.CultureInvariant)]
    private static partial Regex Continuation();

    [GeneratedRegex(@"(?<=^\s*)[245]\.\d{1,3}\.\d{1,3}\b", RegexOptions.CultureInvariant)]
    private static partial Regex EnhancedCode();
}
