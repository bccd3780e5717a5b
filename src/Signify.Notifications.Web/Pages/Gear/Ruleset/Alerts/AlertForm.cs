using Signify.Notifications.Alerts;
using Signify.Notifications.Checks;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Alerts;

/// <summary>Who is told, as typed. The stored secret never travels to the browser.</summary>
public sealed class AlertForm
{
    public bool MailAdministrators { get; set; }

    /// <summary>One a line; commas and semicolons part them as well.</summary>
    public string? ExtraAddresses { get; set; }

    public string? WebhookUrl { get; set; }

    /// <summary>Empty keeps the stored one.</summary>
    public string? WebhookSecret { get; set; }

    public bool ForgetSecret { get; set; }

    /// <param name="whole">The path of a webhook may be its password: who may not change it sees its host alone.</param>
    public static AlertForm From(AlertSetting setting, bool whole) => new()
    {
        MailAdministrators = setting.MailAdministrators,
        ExtraAddresses = setting.ExtraAddresses,
        WebhookUrl = setting.WebhookUrl is not { } url || whole ? setting.WebhookUrl : $"{new Uri(url).GetLeftPart(UriPartial.Authority)}/…",
    };

    /// <param name="fault">The first address that is none, in words.</param>
    public AlertInput ToInput(out string? fault)
    {
        fault = null;
        var addresses = new List<string>();
        var typed = (ExtraAddresses ?? "").Split(['\n', '\r', ',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < typed.Length; i++)
        {
            if (RecipientAddress.TryParse(PastedText.Clean(typed[i]), out var address, out var why))
            {
                addresses.Add(address.Address);
            }
            else
            {
                fault ??= $"Address {i + 1}: {why}";
            }
        }

        var secret = PastedText.Clean(WebhookSecret);
        return new AlertInput(
            MailAdministrators,
            [.. addresses.Distinct(StringComparer.OrdinalIgnoreCase)],
            PastedText.Clean(WebhookUrl),
            secret.Length == 0 ? null : new SecretText(secret),
            ForgetSecret);
    }
}
