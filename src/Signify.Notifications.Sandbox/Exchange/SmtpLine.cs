namespace Signify.Notifications.Sandbox.Exchange;

internal readonly record struct SmtpLine(LineState State, string Text = "")
{
    public string Verb => Text.Split(' ', 2)[0].ToUpperInvariant();

    public string Argument => Text.Split(' ', 2) is [_, var argument] ? argument.Trim() : "";
}
