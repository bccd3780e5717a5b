using Signify.Notifications.Settings;

namespace Signify.Notifications.Alerts;

/// <summary>Who is to be told, as an administrator typed it. Addresses were judged by whoever knows how mail is addressed.</summary>
/// <param name="WebhookUrl">Null or "": no webhook.</param>
/// <param name="WebhookSecret">Null keeps the stored one.</param>
/// <param name="ForgetSecret">Takes the stored one away.</param>
public sealed record AlertInput(bool MailAdministrators, IReadOnlyList<string> ExtraAddresses, string? WebhookUrl, SecretText? WebhookSecret, bool ForgetSecret);
