namespace Signify.Notifications.RepairKit;

/// <summary>A value at the top of a script: the one place where anything of the installation stands in it.</summary>
/// <param name="Known">Null when only the reader knows it.</param>
/// <param name="Label">What it is, in the portal's words.</param>
/// <param name="Where">Where the reader finds it, or what else may stand here.</param>
internal sealed record KitValue(string Name, string? Known, string Label, string Where)
{
    public const string ObjectIdPlace = "Entra admin center, Enterprise applications, your app, Overview. The one under App registrations is another one, and with it sign-in fails.";

    /// <summary>Nothing has to be filled in: empty is an answer.</summary>
    public bool MayBeEmpty { get; init; }

    public bool Missing => !MayBeEmpty && string.IsNullOrWhiteSpace(PowerShellText.Plain(Known ?? ""));

    public string Assignment => Missing
        ? $"# Fill in: {Where}\n${Name} = {PowerShellText.Quote($"<{Label}>")}"
        : MayBeEmpty ? $"# {Where}\n${Name} = {PowerShellText.Quote(Known ?? "")}" : $"${Name} = {PowerShellText.Quote(Known!)}";

    public static IReadOnlyList<KitValue> Of(RepairFacts facts) =>
    [
        new("clientId", facts.ClientId, "Application (client) ID", "Entra admin center, App registrations, your app, Overview."),
        new("objectId", facts.ObjectId, "Object ID of the enterprise application", ObjectIdPlace),
        new("mailbox", facts.Mailbox, "From Email", "the mailbox that notifications come from, by its primary address."),
        new("group", null, "group", "Empty: this one mailbox. For several: the address of a mail-enabled security group that has them as direct members.") { MayBeEmpty = true },
    ];

    public bool IsUsedIn(string commands) => commands.Contains($"${Name}", StringComparison.Ordinal);
}
