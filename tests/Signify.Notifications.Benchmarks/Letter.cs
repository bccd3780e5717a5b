namespace Signify.Notifications.Benchmarks;

/// <summary>What is sent, and to whom.</summary>
internal static class Letter
{
    public const string From = "hr@contoso.com";

    public const string Subject = "Your payslip";

    public static string Body(int length) =>
        string.Concat(Enumerable.Repeat("This line is as long as lines of letters to people usually are.\n", (length / 64) + 1))[..length];

    public static string Recipient(long number) => $"person{number}@contoso.com";

    /// <summary>Merge fields.</summary>
    public static string Fields(long number) => $$"""{"name":"Person {{number}}","month":"November"}""";
}
