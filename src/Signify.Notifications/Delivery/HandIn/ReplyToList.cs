namespace Signify.Notifications.Delivery.HandIn;

/// <summary>The addresses that replies go to.</summary>
internal static class ReplyToList
{
    private const int Most = 10;
    private const int Limit = 4000;

    public static void Check(HandInErrors errors, IReadOnlyList<string> addresses)
    {
        errors.AddIf(addresses.Count > Most, "replyTo", $"replyTo must have at most {Most} addresses.");
        for (var i = 0; i < Math.Min(addresses.Count, Most); i++)
        {
            if (!RecipientAddress.TryParse(addresses[i], out _, out var wrong))
            {
                errors.Add(addresses.Count == 1 ? "replyTo" : $"replyTo[{i}]", wrong);
            }
        }

        if (!errors.Any && Join(addresses)?.Length > Limit)
        {
            errors.Add("replyTo", $"All replyTo addresses together must have at most {Limit} characters.");
        }
    }

    /// <param name="addresses">Checked.</param>
    /// <returns>In RFC 5322 form; null for none.</returns>
    public static string? Join(IReadOnlyList<string> addresses) => addresses.Count == 0 ? null : string.Join(
        ", ", addresses.Select(a => RecipientAddress.TryParse(a, out var address, out var wrong) ? address.ToString() : throw new ArgumentException(wrong)));
}
