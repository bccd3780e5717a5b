using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Access.Sessions;

/// <summary>Configuration section <c>Sessions</c>.</summary>
public sealed class SessionOptions : IValidatableObject
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>After this time a user signs in again, however active they are: 15 minutes to 30 days.</summary>
    public TimeSpan AbsoluteLifetime { get; set; } = TimeSpan.FromHours(12);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AbsoluteLifetime < Shortest || AbsoluteLifetime > Longest)
        {
            yield return new ValidationResult(
                "Sessions:AbsoluteLifetime must be between 00:15:00 (15 minutes) and 30.00:00:00 (30 days).", [nameof(AbsoluteLifetime)]);
        }
    }
}
