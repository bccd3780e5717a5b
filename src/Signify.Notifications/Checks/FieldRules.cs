using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Checks;

/// <summary>What can be said of the settings before anything is sent. Turns what was typed into <see cref="NotificationSettings"/>.</summary>
public sealed class FieldRules(Clouds clouds, SettingsStore store, IOptions<SharedRelayOptions> sharedRelay, CredentialRules credentials)
{
    // The domains that Microsoft gives each tenant, in its three clouds.
    private static readonly string[] DefaultDomains = [".onmicrosoft.com", ".onmicrosoft.us", ".onmschina.cn"];

    /// <param name="input">As typed; it is cleaned of what pasting leaves.</param>
    /// <param name="kept">The newest revision: an empty secret field keeps its secret, as long as it goes to the same place.</param>
    /// <param name="rulesetId">Whose settings they will be; null: those of <paramref name="kept"/>.</param>
    public FieldReport Judge(SettingsInput input, SettingsRevision? kept, Guid? rulesetId = null)
    {
        var cleaned = InputCleaning.Clean(input, out var cleanedFields);
        var sheet = new Sheet(cleaned, kept, kept is null ? null : store.Open(kept), rulesetId ?? kept?.RulesetId, []);
        var settings = cleaned.SignIn switch
        {
            SignIn.SharedRelay => SharedRelay(sheet),
            SignIn.None => Server(sheet, label: false) with { SignIn = SignIn.None },
            SignIn.Password => WithPassword(sheet),
            _ => WithToken(sheet),
        };
        return new FieldReport(cleaned, cleanedFields, sheet.Findings, sheet.Findings.Any(f => f.Blocks) ? null : settings);
    }

    /// <summary>What the rules still say of a stored revision: the warnings, and secrets that cannot be read.</summary>
    public IReadOnlyList<Finding> Judge(SettingsRevision revision)
    {
        var unreadable = store.UnreadableSecrets(revision);
        if (unreadable.Count > 0)
        {
            return [.. unreadable.Select(KeyRingFindings.Lost)];
        }

        return Judge(InputCleaning.FromRevision(revision), revision).Findings;
    }

    private NotificationSettings SharedRelay(Sheet sheet)
    {
        if (!sharedRelay.Value.IsSetUp)
        {
            sheet.Findings.Add(FieldFindings.SharedRelayMissing());
        }

        return new NotificationSettings
        {
            RulesetId = sheet.RulesetId,
            SignIn = SignIn.SharedRelay,
            Timeout = Timeout(sheet),
            BatchSize = Batch(sheet),
            FromEmail = sharedRelay.Value.From ?? "",
        };
    }

    private NotificationSettings Server(Sheet sheet, bool label)
    {
        var input = sheet.Input;
        ServerName(sheet, label);
        return new NotificationSettings
        {
            RulesetId = sheet.RulesetId,
            SignIn = SignIn.None,
            ServerName = Limited(sheet, SettingsField.ServerName, input.ServerName, 255),
            Port = Port(sheet),
            Timeout = Timeout(sheet),
            BatchSize = Batch(sheet),
            FromEmail = From(sheet),
            FromName = Limited(sheet, SettingsField.FromName, input.FromName, 200) is { Length: > 0 } name ? name : null,
        };
    }

    private NotificationSettings WithPassword(Sheet sheet)
    {
        var settings = Server(sheet, label: false);
        if (sheet.Input.UserName is not { Length: > 0 })
        {
            sheet.Findings.Add(FieldFindings.UserNameRequired());
        }

        if (clouds.All.Any(c => c.BuiltIn && c.SmtpHost.Equals(settings.ServerName, StringComparison.OrdinalIgnoreCase)))
        {
            sheet.Findings.Add(FieldFindings.BasicAuthRetired());
        }

        return settings with
        {
            SignIn = SignIn.Password,
            UserName = Limited(sheet, SettingsField.UserName, sheet.Input.UserName, 320),
            Password = KeptSecrets.Password(sheet.Input, sheet.Kept, sheet.KeptOpen, sheet.Findings),
        };
    }

    private NotificationSettings WithToken(Sheet sheet)
    {
        var cloud = Cloud(sheet);
        var settings = Server(sheet, label: true);
        if (cloud is not null && KnownHosts.WhyNot(settings.ServerName, cloud, clouds.All) is { } why)
        {
            sheet.Findings.Add(FieldFindings.ServerNameForeign(why, label: true));
        }

        if (cloud is { BuiltIn: true } && settings.Port != 587 && sheet.Findings.All(f => f.Field != SettingsField.Port))
        {
            sheet.Findings.Add(settings.Port == 465 ? FieldFindings.PortNotOffered() : FieldFindings.PortUnusual(settings.Port));
        }

        if (!settings.FromEmail.All(char.IsAscii))
        {
            sheet.Findings.Add(FieldFindings.FromNotAscii());
        }

        if (DefaultDomains.Any(domain => settings.FromEmail.EndsWith(domain, StringComparison.OrdinalIgnoreCase)))
        {
            sheet.Findings.Add(FieldFindings.FromDefaultDomain());
        }

        var ids = AppIds.Judge(sheet.Input, sheet.Findings);
        var app = settings with
        {
            SignIn = SignIn.Token,
            ClientId = ids.ClientId,
            TenantId = ids.TenantId,
            Cloud = cloud?.Name ?? "",
            Route = Choice(sheet.Input.Route, RouteChoice.Automatic, sheet, FieldFindings.RouteInvalid),
        };
        var input = sheet.Input with { ClientId = ids.ClientId, TenantId = ids.TenantId, Cloud = cloud?.Name };
        return credentials.Judge(app, input, sheet.Kept, sheet.KeptOpen, sheet.Findings);
    }

    private static void ServerName(Sheet sheet, bool label)
    {
        var name = sheet.Input.ServerName ?? "";
        if (name.Length == 0)
        {
            sheet.Findings.Add(FieldFindings.ServerNameRequired(label));
        }
        else if (!label && Uri.CheckHostName(name) == UriHostNameType.Unknown)
        {
            sheet.Findings.Add(FieldFindings.ServerNameInvalid(name));
        }
        else if (!label && !IPAddress.TryParse(name, out _) && KnownHosts.WhyNot(name, MicrosoftClouds.Worldwide, []) is { } why)
        {
            sheet.Findings.Add(FieldFindings.ServerNameForeign(why, label));
        }
    }

    private Cloud? Cloud(Sheet sheet)
    {
        var name = sheet.Input.Cloud is { Length: > 0 } given ? given : MicrosoftClouds.Worldwide.Name;
        var cloud = clouds.Find(name);
        if (cloud is null)
        {
            sheet.Findings.Add(clouds.Unknown(name));
        }

        return cloud;
    }

    private static int Port(Sheet sheet) => Number(sheet.Input.Port, 1, 65535, 587, sheet, FieldFindings.PortInvalid);

    private static TimeSpan Timeout(Sheet sheet) =>
        TimeSpan.FromSeconds(Number(sheet.Input.TimeoutSeconds, 5, 600, 120, sheet, FieldFindings.TimeoutInvalid));

    private static BatchSize Batch(Sheet sheet) => Choice(sheet.Input.BatchSize, BatchSize.Medium, sheet, FieldFindings.BatchSizeInvalid);

    private static string From(Sheet sheet)
    {
        var address = sheet.Input.FromEmail ?? "";
        if (address.Length == 0)
        {
            sheet.Findings.Add(FieldFindings.FromRequired());
        }
        else if (!PlainAddress.IsOne(address))
        {
            sheet.Findings.Add(FieldFindings.FromInvalid());
        }

        return address;
    }

    private static string Limited(Sheet sheet, string field, string? value, int limit)
    {
        if (value is { } text && text.Length > limit)
        {
            sheet.Findings.Add(FieldFindings.TooLong(field, limit));
        }

        return value ?? "";
    }

    private static int Number(string? text, int least, int most, int whenEmpty, Sheet sheet, Func<Finding> wrong)
    {
        if (string.IsNullOrEmpty(text))
        {
            return whenEmpty;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        sheet.Findings.Add(wrong());
        return whenEmpty;
    }

    private static T Choice<T>(string? text, T whenEmpty, Sheet sheet, Func<Finding> wrong)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
        {
            return whenEmpty;
        }

        // Letters alone: Enum.TryParse would take numbers, and lists of names as flags.
        if (text.All(char.IsLetter) && Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice))
        {
            return choice;
        }

        sheet.Findings.Add(wrong());
        return whenEmpty;
    }

    private sealed record Sheet(SettingsInput Input, SettingsRevision? Kept, NotificationSettings? KeptOpen, Guid? RulesetId, List<Finding> Findings);
}
