using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Alerts;

/// <summary>Configuration section <c>Alerts</c>.</summary>
public sealed class AlertOptions : IValidatableObject
{
    /// <summary>Lets webhooks go to this machine and to private networks. Link-local addresses stay closed: cloud machines hand out their own credentials there.</summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>Where people open this program, such as <c>https://notifications.contoso.com</c>: alerts then carry a link. Null: they carry none.</summary>
    public Uri? Address { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address is not null && !(Address.IsAbsoluteUri && Address.Scheme is "https" or "http"))
        {
            yield return new ValidationResult("Alerts:Address is not an address such as https://notifications.contoso.com.", [nameof(Address)]);
        }
    }

    /// <summary>A page of a ruleset: the reader may have several, and work in another one.</summary>
    /// <returns>Null when <see cref="Address"/> is not configured.</returns>
    public Uri? Link(string path, Guid rulesetId) => Address is null ? null : new Uri($"{Address.AbsoluteUri.TrimEnd('/')}{path}?ruleset={rulesetId}");
}
