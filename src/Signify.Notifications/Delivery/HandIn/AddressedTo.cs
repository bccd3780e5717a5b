using System.Diagnostics.CodeAnalysis;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>The recipients of one message, checked.</summary>
/// <param name="Cc">An address list in RFC 5322 form; null for none.</param>
internal readonly record struct AddressedTo(RecipientAddress To, string? Cc)
{
    /// <summary>Characters of all Cc addresses together, as stored.</summary>
    public const int CcLimit = 4000;

    /// <param name="fault">What is wrong, and of which field: <c>to</c>, <c>cc</c> or <c>cc[1]</c>.</param>
    public static bool TryRead(string? to, IReadOnlyList<string> cc, int most, out AddressedTo addressed, [NotNullWhen(false)] out (string Field, string Message)? fault)
    {
        addressed = default;
        fault = null;
        if (!RecipientAddress.TryParse(to, out var first, out var wrong))
        {
            fault = ("to", wrong);
            return false;
        }

        if (cc.Count + 1 > most)
        {
            fault = ("cc", $"A message has at most {most} recipients, To and Cc together.");
            return false;
        }

        if (cc.Count == 0)
        {
            addressed = new AddressedTo(first, null);
            return true;
        }

        var copies = new string[cc.Count];
        for (var i = 0; i < copies.Length; i++)
        {
            if (!RecipientAddress.TryParse(cc[i], out var copy, out wrong))
            {
                fault = (cc.Count == 1 ? "cc" : $"cc[{i}]", wrong);
                return false;
            }

            copies[i] = copy.ToString();
        }

        var together = string.Join(", ", copies);
        if (together.Length > CcLimit)
        {
            fault = ("cc", $"All Cc addresses together have at most {CcLimit} characters. A mailing has room for as many people as you like.");
            return false;
        }

        addressed = new AddressedTo(first, together);
        return true;
    }
}
