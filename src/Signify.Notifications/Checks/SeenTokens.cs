namespace Signify.Notifications.Checks;

/// <summary>What the tokens of a check said of the app, read back from the evidence that the report keeps.</summary>
/// <param name="ObjectId">The enterprise application's Object ID.</param>
/// <param name="Exchange">The roles of the token for Exchange; null when none was received.</param>
/// <param name="Graph">The same of the token for Graph.</param>
public sealed record SeenTokens(string? ObjectId, IReadOnlyList<string>? Exchange, IReadOnlyList<string>? Graph)
{
    public static SeenTokens None { get; } = new(null, null, null);

    public bool Any => Exchange is not null || Graph is not null;

    public bool MaySendOverSmtp => Exchange?.Contains(PermissionReading.SmtpRole, StringComparer.OrdinalIgnoreCase) ?? false;

    public bool MaySendOverGraph => Graph?.Contains(PermissionReading.MailRole, StringComparer.OrdinalIgnoreCase) ?? false;

    public static SeenTokens Of(CheckReport? report)
    {
        var (exchange, graph) = (Step(report, StepName.TokenForExchange), Step(report, StepName.TokenForGraph));
        return new SeenTokens(
            new[] { exchange, graph }.Select(s => Claim(s, "oid: ")).FirstOrDefault(oid => Guid.TryParse(oid, out _)),
            Roles(exchange),
            Roles(graph));
    }

    private static CheckStep? Step(CheckReport? report, StepName name) => report?.Steps.FirstOrDefault(s => s.Name == name);

    // By the step's state and its evidence, never by its summary: that is in the language of whoever started the check. A refused
    // token can end as a warning, too, and then its evidence is Entra's words.
    private static string[]? Roles(CheckStep? step) => step switch
    {
        { State: StepState.Passed or StepState.Warning } when Claim(step, "roles: ") is { } roles => roles == "none" ? [] : roles.Split(", "),
        { State: StepState.Passed or StepState.Warning, Evidence: EntraLane.Unreadable } => [],
        _ => null,
    };

    private static string? Claim(CheckStep? step, string name) =>
        step?.Evidence?.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
