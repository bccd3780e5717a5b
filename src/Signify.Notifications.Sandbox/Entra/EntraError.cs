using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Entra;

/// <summary>An AADSTS answer: number, OAuth error, status and Entra's words.</summary>
internal sealed record EntraError(int Code, string Error, int Status, string Text)
{
    public int? RetryAfterSeconds { get; init; }

    public static EntraError Of(TokenRefusal refusal) => new(refusal.Code, refusal.Error, refusal.Status, refusal.Text) { RetryAfterSeconds = refusal.RetryAfterSeconds };

    public static EntraError OtherCloud(string tenant) => new(900382, "invalid_request", 400,
        $"Confidential Client is not supported in Cross Cloud request: the tenant '{tenant}' belongs to another cloud.");

    public static EntraError WrongSecret(Guid app) => new(7000215, "invalid_client", 401,
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, "
        + $"not the client secret ID, for a secret added to app '{app}'.");

    public static EntraError ExpiredSecret(Guid app) => new(7000222, "invalid_client", 401,
        $"The provided client secret keys for app '{app}' are expired. Visit the Azure portal to create new keys for your app: "
        + "https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.");

    public static EntraError NoCredential() => new(7000216, "invalid_client", 401,
        "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.");

    public static EntraError UnknownApp(string app, string tenant) => new(700016, "unauthorized_client", 400,
        $"Application with identifier '{app}' was not found in the directory '{tenant}'. This can happen if the application has not been "
        + "installed by the administrator of the tenant or consented to by any user in the tenant. "
        + "You may have sent your authentication request to the wrong tenant.");

    public static EntraError DisabledApp(Guid app, string name) => new(7000112, "unauthorized_client", 400,
        $"Application '{app}'({name}) is disabled.");

    public static EntraError PublicClient() => new(700025, "invalid_client", 401,
        "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.");

    public static EntraError UnknownTenant(string tenant) => new(90002, "invalid_request", 400,
        $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. "
        + "Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.");

    public static EntraError MalformedTenant(string tenant) => new(900023, "invalid_request", 400,
        $"Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain.");

    public static EntraError SharedEndpoint() => new(9001023, "invalid_request", 400,
        "The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.");

    public static EntraError SingleTenant(string app) => new(50194, "invalid_request", 400,
        $"Application '{app}' is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps "
        + "created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.");

    public static EntraError MissingParameter(string name) => new(900144, "invalid_request", 400,
        $"The request body must contain the following parameter: '{name}'.");

    public static EntraError UnsupportedGrant(string grant) => new(70003, "unsupported_grant_type", 400,
        $"The app requested an unsupported grant type '{grant}'.");

    public static EntraError ScopeNotDefault(string scope) => new(1002012, "invalid_scope", 400,
        $"The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed "
        + "to the resource identifier (application ID URI).");

    public static EntraError UnknownResource(string resource, string tenant) => new(500011, "invalid_resource", 400,
        $"The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been "
        + "installed by the administrator of the tenant or consented to by any user in the tenant. "
        + "You might have sent your authentication request to the wrong tenant.");

    public static EntraError DisabledResource(string resource) => new(500014, "invalid_resource", 400,
        $"The service principal for resource '{resource}' is disabled. This indicate that a subscription within the tenant has lapsed, "
        + "or that the administrator for this tenant has disabled the application, preventing tokens from being issued for it.");

    public static EntraError ConditionalAccess() => new(53003, "access_denied", 400,
        "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.");

    public static EntraError Throttled() => new(90055, "temporarily_unavailable", 429,
        "Server terminated request due to excessive request rate.")
    { RetryAfterSeconds = 60 };

    public static EntraError AssertionOfOtherApp() => new(700021, "invalid_client", 401,
        "Client assertion application identifier doesn't match 'client_id' parameter.");

    public static EntraError MalformedAssertion() => new(50027, "invalid_client", 401,
        "JWT token is invalid or malformed.");

    public static EntraError ExpiredAssertion() => new(700024, "invalid_client", 401,
        "Client assertion is not within its valid time range.");

    public static EntraError NoFederatedCredential(string subject) => new(700213, "invalid_client", 401,
        $"No matching federated identity record found for presented assertion subject '{subject}'. "
        + "Check your federated identity credential Subject, Audience and Issuer against the presented assertion.");
}
