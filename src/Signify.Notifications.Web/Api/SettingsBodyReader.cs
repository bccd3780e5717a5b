using System.Text.Json;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Api;

/// <summary>Reads the settings from JSON so forgivingly that a wrong type is told at its field, and a misspelt field is told at all.</summary>
internal static class SettingsBodyReader
{
    // What GET returns besides: sending it back changes nothing.
    private static readonly HashSet<string> ReadOnly = new(StringComparer.OrdinalIgnoreCase)
        { "revision", "state", "createdAt", "createdBy", "restoredFrom", "activatedAt", "activeRoute", "secrets", "check", "certificate", "tookOverFrom", "credentialEndsOn" };

    public static async Task<(SettingsInput? Input, IResult? Problem)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var (body, problem) = await JsonBodyReader.ReadSmallAsync(request, ct);
        using (body)
        {
            if (body is null)
            {
                return (null, problem);
            }

            var errors = new ValidationErrors();
            var input = Read(body.RootElement, errors);
            return errors.Any ? (null, ApiProblem.Unreadable(errors)) : (input, null);
        }
    }

    private static SettingsInput Read(JsonElement body, ValidationErrors errors)
    {
        var input = new SettingsInput();
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors.Add("", "The body is a JSON object with the settings.");
            return input;
        }

        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in body.EnumerateObject())
        {
            var name = JsonText.Readable(() => property.Name) is { } sent ? Canonical(sent) : "";
            var (next, error) = given.Add(name) ? Set(input, name, property.Value) : (input, "This is given twice.");
            input = next;
            if (error is not null)
            {
                errors.Add(name, error);
            }
        }

        return input;
    }

    private static (SettingsInput Input, string? Error) Set(SettingsInput input, string name, JsonElement value) => name switch
    {
        SettingsField.UseOwnSmtpDetails => Switch(input, value, on => input with { UseOwnSmtpDetails = on }),
        SettingsField.CredentialsRequired => Switch(input, value, on => input with { CredentialsRequired = on }),
        SettingsField.TokenBasedAuthentication => Switch(input, value, on => input with { TokenBasedAuthentication = on }),
        SettingsField.ServerName => Text(input, value, text => input with { ServerName = text }),
        SettingsField.Port => Text(input, value, text => input with { Port = text ?? input.Port }, numbers: true),
        SettingsField.TimeoutSeconds => Text(input, value, text => input with { TimeoutSeconds = text ?? input.TimeoutSeconds }, numbers: true),
        SettingsField.BatchSize => Text(input, value, text => input with { BatchSize = text ?? input.BatchSize }),
        SettingsField.FromEmail => Text(input, value, text => input with { FromEmail = text }),
        SettingsField.FromName => Text(input, value, text => input with { FromName = text }),
        SettingsField.UserName => Text(input, value, text => input with { UserName = text }),
        SettingsField.Password => Text(input, value, text => input with { Password = text }),
        SettingsField.ClientId => Text(input, value, text => input with { ClientId = text }),
        SettingsField.ClientSecret => Text(input, value, text => input with { ClientSecret = text }),
        SettingsField.SecretExpiresOn => Text(input, value, text => input with { SecretExpiresOn = text }),
        SettingsField.Credential => Text(input, value, text => input with { Credential = text }),
        SettingsField.StandbySecret => Text(input, value, text => input with { StandbySecret = text }),
        SettingsField.StandbySecretExpiresOn => Text(input, value, text => input with { StandbySecretExpiresOn = text }),
        SettingsField.RemoveStandbySecret => Switch(input, value, on => input with { RemoveStandbySecret = on }),
        SettingsField.ClientCertificate => Text(input, value, text => input with { ClientCertificate = text }),
        SettingsField.ClientCertificatePassword => Text(input, value, text => input with { ClientCertificatePassword = text }),
        SettingsField.ClientCertificatePem => Text(input, value, text => input with { ClientCertificatePem = text }),
        SettingsField.GenerateCertificate => Switch(input, value, on => input with { GenerateCertificate = on }),
        SettingsField.TenantId => Text(input, value, text => input with { TenantId = text }),
        SettingsField.Cloud => Text(input, value, text => input with { Cloud = text ?? input.Cloud }),
        SettingsField.Route => Text(input, value, text => input with { Route = text ?? input.Route }),
        _ => (input, ReadOnly.Contains(name) ? null : "There is no such setting."),
    };

    private static string Canonical(string name) =>
        SettingsField.All.FirstOrDefault(field => field.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;

    private static (SettingsInput, string?) Switch(SettingsInput input, JsonElement value, Func<bool, SettingsInput> set) => value.ValueKind switch
    {
        JsonValueKind.True => (set(true), null),
        JsonValueKind.False => (set(false), null),
        _ => (input, "This is true or false."),
    };

    private static (SettingsInput, string?) Text(SettingsInput input, JsonElement value, Func<string?, SettingsInput> set, bool numbers = false) => value.ValueKind switch
    {
        JsonValueKind.String => JsonText.Readable(() => value.GetString()) is { } text ? (set(text), null) : (input, "This holds half a character."),
        JsonValueKind.Null => (set(null), null),
        JsonValueKind.Number when numbers => (set(value.GetRawText()), null),
        _ => (input, numbers ? "This is a number." : "This is text."),
    };
}
