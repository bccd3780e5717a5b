namespace Signify.Notifications.Delivery.Retention;

/// <param name="Own">The ruleset's own choice; null: the default counts.</param>
/// <param name="Default">The operator's <c>Retention:KeepDays</c>.</param>
public sealed record RetentionDays(int? Own, int Default)
{
    public const int Fewest = 1;
    public const int Most = 3650;

    public int InForce => Own ?? Default;
}
