using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>The form as the page shows it: values, messages, and what is stored already.</summary>
public sealed record SettingsView
{
    private static readonly int[] PortalMonths = [6, 12, 18, 24];

    public required NotificationsForm Form { get; init; }

    /// <summary>The newest revision the reader has seen; Save compares it.</summary>
    public required int BasedOn { get; init; }

    /// <summary>The draft, else the revision in use; null in a new ruleset.</summary>
    public required SettingsRevision? Stored { get; init; }

    public required bool MayEdit { get; init; }

    public required IReadOnlyList<FieldMessage> Messages { get; init; }

    public required IReadOnlyCollection<Cloud> Clouds { get; init; }

    public required SharedRelayOptions SharedRelay { get; init; }

    /// <summary>The first day of the people who look, for the dates that are offered.</summary>
    public DateOnly Today { get; init; }

    /// <summary>Whether the operator allows this ruleset the host's identity; else the form does not show it.</summary>
    public bool MayUseWorkload { get; init; }

    /// <summary>What identity the host offers the ruleset, why it offers none, and which client ID it was set up for.</summary>
    public (string? Offered, string? WhyNot, string? ClientId) Workload { get; init; }

    public CredentialKind Credential => Form.Credential switch
    {
        "certificate" => CredentialKind.Certificate,
        "workloadIdentity" => CredentialKind.WorkloadIdentity,
        _ => CredentialKind.Secret,
    };

    /// <summary>Dates that a new secret may have: what the portal offers.</summary>
    public IEnumerable<DateOnly> OfferedDates => PortalMonths.Select(Today.AddMonths);

    public bool Says(params string[] fields) => Messages.Any(m => fields.Contains(m.Field) && m.Kind != FieldMessageKind.Warning);

    /// <summary>The values are the sandbox's, who has no secrets to keep: only then an input may hold one.</summary>
    public bool Pretend { get; init; }

    public Cloud? ChosenCloud => Clouds.FirstOrDefault(c => c.Name.Equals(Form.Cloud, StringComparison.OrdinalIgnoreCase)) ?? Clouds.FirstOrDefault();

    public IEnumerable<FieldMessage> MessagesOn(string field) => Messages.Where(m => m.Field == field).OrderBy(m => m.Kind);

    public bool HasError(string field) => Messages.Any(m => m.Field == field && m.Kind == FieldMessageKind.Error);

    public StoredSecret? StoredSecretOf(string field) => field switch
    {
        SettingsField.ClientSecret => Stored?.ClientSecret,
        SettingsField.StandbySecret => Stored?.StandbySecret,
        SettingsField.ClientCertificate => Stored?.CertificateKey,
        SettingsField.Password => Stored?.Password,
        _ => null,
    };

    /// <summary>Whether an empty field keeps a stored secret: there is one, and nothing is said against it.</summary>
    public bool KeepsSecret(string field) => MayEdit && StoredSecretOf(field) is not null && !HasError(field);

    public string? ValueOf(string field) => field switch
    {
        SettingsField.ClientSecret when Pretend => Form.ClientSecret,
        SettingsField.Password when Pretend => Form.Password,
        _ => Form[field],
    };
}
