using System.Diagnostics;

namespace Signify.Notifications.Settings;

/// <summary>A secret in memory. Printing, logging or formatting it shows a mask.</summary>
[DebuggerDisplay("***")]
public sealed record SecretText
{
    private readonly string _value;

    public SecretText(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
    }

    /// <summary>The plain secret. Call it only where the secret leaves for the server it belongs to.</summary>
    public string Reveal() => _value;

    public override string ToString() => "***";
}
