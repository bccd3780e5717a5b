using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// The pace follows the route. Source of the built-in numbers: Microsoft's limits of SMTP client submission (30 messages a minute,
/// 3 connections, 10,000 recipients in 24 hours for a mailbox) and of Graph's Outlook service (4 requests in flight).
/// </summary>
public sealed class PaceProfiles(IOptions<PaceOptions> options)
{
    private static readonly PaceLimits ExchangeOnline = new(3, 30, 10_000);
    private static readonly PaceLimits Graph = new(4, 30, 10_000);
    private static readonly PaceLimits Relay = new(3, null, null);

    public PaceLimits For(SignIn signIn, Route route) => (signIn, route) switch
    {
        (SignIn.Token, Route.Graph) => Merge(Graph, options.Value.Graph),
        (SignIn.Token, _) => Merge(ExchangeOnline, options.Value.ExchangeOnline),
        _ => Merge(Relay, options.Value.Relay),
    };

    private static PaceLimits Merge(PaceLimits built, PaceProfileOptions own) => new(
        own.Connections ?? built.Connections,
        Limit(own.MessagesPerMinute, built.PerMinute),
        Limit(own.RecipientsPerDay, built.RecipientsPerDay));

    private static int? Limit(int? own, int? built) => own switch
    {
        null => built,
        0 => null,
        _ => own,
    };
}

/// <summary>Data annotations do not look into nested objects by themselves.</summary>
internal sealed class PaceOptionsCheck : IValidateOptions<PaceOptions>
{
    public ValidateOptionsResult Validate(string? name, PaceOptions options)
    {
        var faults = new List<string>();
        foreach (var (profile, values) in new[] { ("ExchangeOnline", options.ExchangeOnline), ("Graph", options.Graph), ("Relay", options.Relay) })
        {
            var results = new List<ValidationResult>();
            if (!Validator.TryValidateObject(values, new ValidationContext(values), results, validateAllProperties: true))
            {
                faults.AddRange(results.Select(r => $"Pace:{profile}: {r.ErrorMessage}"));
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
