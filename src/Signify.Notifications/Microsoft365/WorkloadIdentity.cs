using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Microsoft365;

/// <summary>
/// The host's word for this program, instead of a secret: a file that Kubernetes keeps fresh, or the managed identity of an Azure
/// host. Asked for with every token, as it lives shortly.
/// </summary>
public sealed class WorkloadIdentity : IDisposable
{
    private const int Limit = 32 * 1024;
    private const string FirstRuleset = "Default";

    private readonly WorkloadIdentityOptions _options;
    private readonly Source? _source;
    private readonly HashSet<Guid> _rulesets;
    private readonly HttpClient _http;

    /// <exception cref="StartRefusedException"><c>WorkloadIdentity:Rulesets</c> has an entry that is no ruleset's ID.</exception>
    public WorkloadIdentity(IConfiguration configuration)
    {
        _options = configuration.GetSection("WorkloadIdentity").Get<WorkloadIdentityOptions>() ?? new WorkloadIdentityOptions();
        _rulesets = [.. (_options.Rulesets ?? [FirstRuleset]).Select(RulesetOf)];
        ClientIdOfHost = _options.ClientId ?? configuration["AZURE_CLIENT_ID"];
        // The environment is part of the configuration, so that a test or a file can say the same.
        _source = _options.Enabled ? Find(configuration) : null;
        // The metadata service is on this host: a proxy would send the question, and the header, elsewhere.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = Limit,
        };
    }

    /// <summary>Null when the ruleset may sign in with the host's identity, else why it cannot.</summary>
    public string? WhyNot(Guid? rulesetId) => (_options.Enabled, _source) switch
    {
        (false, _) => CauseWords.Get("why.workload-off"),
        (_, null) => CauseWords.Get("why.workload-absent"),
        _ when !Allows(rulesetId) => CauseWords.Get("why.workload-other-rulesets"),
        _ => null,
    };

    /// <summary>
    /// Whether the operator allows the ruleset the host's identity. It is the host's, not the administrator's: with it another
    /// organization's ruleset could send from every mailbox that the app may send from.
    /// </summary>
    public bool Allows(Guid? rulesetId) => rulesetId is { } id && _rulesets.Contains(id);

    /// <summary>What the host offers the ruleset, in a few words; null when nothing.</summary>
    public string? OfferedTo(Guid rulesetId) => WhyNot(rulesetId) is null ? _source?.Words : null;

    /// <summary>The client ID the host was set up for; null when it does not say.</summary>
    public string? ClientIdOfHost { get; }

    /// <summary>The host's statement, to be shown to Entra once.</summary>
    /// <exception cref="TransportUnavailableException">The ruleset may not use it, or the host did not give it.</exception>
    public async Task<SecretText> AssertionAsync(Guid? rulesetId, Cloud cloud, CancellationToken ct)
    {
        if (WhyNot(rulesetId) is { } why)
        {
            throw new TransportUnavailableException(WorkloadFindings.NotOffered(why));
        }

        try
        {
            var assertion = _source!.File is { } file ? await ReadAsync(file, ct) : await AskAsync(_source, cloud, ct);
            return assertion.Length > 0 ? new SecretText(assertion) : throw new InvalidDataException("It is empty.");
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or HttpRequestException or JsonException or InvalidDataException)
        {
            throw new TransportUnavailableException(WorkloadFindings.NotGiven(_source!.Words), ex is HttpRequestException or InvalidDataException ? ex.Message : null, ex);
        }
    }

    public void Dispose() => _http.Dispose();

    private static Guid RulesetOf(string entry) => entry switch
    {
        FirstRuleset => Ruleset.DefaultId,
        _ when Guid.TryParse(entry, out var id) => id,
        _ => throw new StartRefusedException(
            $"WorkloadIdentity:Rulesets holds \"{entry}\". Give {FirstRuleset} for the first ruleset, or a ruleset's ID: it is in the address of its pages."),
    };

    private Source? Find(IConfiguration configuration)
    {
        if ((_options.TokenFile ?? configuration["AZURE_FEDERATED_TOKEN_FILE"]) is { Length: > 0 } file)
        {
            return new Source("token-file") { File = file };
        }

        if (Uri.TryCreate(configuration["IDENTITY_ENDPOINT"], UriKind.Absolute, out var endpoint) && configuration["IDENTITY_HEADER"] is { Length: > 0 } header)
        {
            return new Source("managed-identity") { Endpoint = endpoint, Version = "2019-08-01", Header = ("X-IDENTITY-HEADER", header) };
        }

        return _options.ManagedIdentity
            ? new Source("machine-identity") { Endpoint = new Uri(_options.MetadataAddress, "/metadata/identity/oauth2/token"), Version = "2018-02-01", Header = ("Metadata", "true") }
            : null;
    }

    private static async Task<string> ReadAsync(string file, CancellationToken ct)
    {
        if (new FileInfo(file).Length > Limit)
        {
            throw new InvalidDataException("It is too large.");
        }

        return (await File.ReadAllTextAsync(file, ct)).Trim();
    }

    private async Task<string> AskAsync(Source source, Cloud cloud, CancellationToken ct)
    {
        var query = $"api-version={source.Version}&resource={Uri.EscapeDataString(_options.Audience ?? AudienceOf(cloud))}"
            + (ClientIdOfHost is { Length: > 0 } id ? $"&client_id={Uri.EscapeDataString(id)}" : "");
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(source.Endpoint!) { Query = query }.Uri);
        request.Headers.TryAddWithoutValidation(source.Header.Name, source.Header.Value);
        using var response = await _http.SendAsync(request, ct);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidDataException($"The host answered {(int)response.StatusCode}.");
        }

        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(ct));
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("access_token", out var token) && token.ValueKind == JsonValueKind.String
            ? token.GetString()!
            : throw new InvalidDataException("The host's answer holds no token.");
    }

    // From Microsoft's list of clouds; WorkloadIdentity:Audience overrides it.
    private static string AudienceOf(Cloud cloud) => cloud.Authority.Host switch
    {
        "login.microsoftonline.us" => "api://AzureADTokenExchangeUSGov",
        "login.partner.microsoftonline.cn" => "api://AzureADTokenExchangeChina",
        _ => "api://AzureADTokenExchange",
    };

    private sealed record Source(string Name)
    {
        public string Words => CauseWords.Get($"phrase.{Name}");

        public string? File { get; init; }

        public Uri? Endpoint { get; init; }

        public string Version { get; init; } = "";

        public (string Name, string Value) Header { get; init; }

        // A record prints its members, and the header opens the managed identity.
        public override string ToString() => Name;
    }
}
