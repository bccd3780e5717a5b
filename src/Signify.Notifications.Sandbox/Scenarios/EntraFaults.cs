using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Scenarios;

/// <summary>Entra's refusals, each with an app that draws it. Source: Microsoft's reference of authentication error codes.</summary>
internal static class EntraFaults
{
    public static IReadOnlyList<EntraFault> All { get; } =
    [
        new(70002, "invalid_client", 401, "Error validating credentials.", "secret-wrong"),
        new(50126, "invalid_grant", 400, "Error validating credentials due to invalid username or password.", "entra-refused"),
        new(7000216, "invalid_client", 401, "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.", "secret-required"),
        new(7000218, "invalid_client", 401, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.", "secret-required"),
        new(900144, "invalid_request", 400, "The request body must contain the following parameter: 'scope'.", "entra-refused"),
        new(700011, "unauthorized_client", 400, "Application was not found in the directory.", "client-unknown"),
        new(7000229, "invalid_client", 401, "The client application is missing service principal in the tenant.", "app-not-in-tenant"),
        new(70001, "unauthorized_client", 400, "The application is disabled.", "app-disabled"),
        new(7000113, "unauthorized_client", 400, "The application can't be accessed at this time.", "app-disabled"),
        new(1000031, "unauthorized_client", 400, "The application can't be accessed at this time. Contact your administrator.", "app-disabled"),
        new(900023, "invalid_request", 400, "Specified tenant identifier is neither a valid DNS name, nor a valid external domain.", "tenant-id-invalid"),
        new(50059, "invalid_request", 400, "No tenant-identifying information found in either the request or implied by any provided credentials.", "tenant-id-invalid"),
        new(50128, "invalid_request", 400, "Invalid domain name. No tenant-identifying information found.", "tenant-id-invalid"),
        new(90019, "invalid_request", 400, "No tenant-identifying information found in the request.", "tenant-id-invalid"),
        new(9001023, "invalid_request", 400, "The grant type is not supported over the /common or /consumers endpoints.", "tenant-id-invalid"),
        new(90124, "invalid_request", 400, "Resource is not supported over the /common or /consumers endpoints.", "tenant-id-invalid"),
        new(90130, "invalid_request", 400, "Application is not supported over the /common or /consumers endpoints.", "tenant-id-invalid"),
        new(50194, "invalid_request", 400, "Application is not configured as a multi-tenant application.", "tenant-id-invalid"),
        new(90038, "invalid_request", 400, "The tenant belongs to a national cloud other than this one.", "tenant-other-cloud"),
        new(900432, "invalid_request", 400, "Confidential Client is not supported in Cross Cloud request.", "tenant-other-cloud"),
        new(90051, "invalid_request", 400, "Invalid national cloud identifier.", "tenant-other-cloud"),
        new(50049, "invalid_instance", 400, "Unknown or invalid instance.", "tenant-other-cloud"),
        new(70011, "invalid_scope", 400, "The provided value for the input parameter 'scope' is not valid.", "entra-refused"),
        new(28002, "invalid_scope", 400, "Provided value for the input parameter scope isn't valid when requesting an access token.", "entra-refused"),
        new(700022, "invalid_scope", 400, "The scope names more than one resource.", "entra-refused"),
        new(50001, "invalid_resource", 400, "The resource is disabled or does not exist.", "exchange-disabled"),
        new(650052, "invalid_client", 400, "The app needs access to a service that your organization has not subscribed to or enabled.", "exchange-disabled"),
        new(650054, "invalid_client", 400, "The application asked for permissions to access a resource that has been removed or is no longer available.", "exchange-disabled"),
        new(650057, "invalid_resource", 400, "The client has requested access to a resource which is not listed in the requested permissions.", "no-permission"),
        new(650056, "invalid_client", 400, "Misconfigured application: the client has not listed any permissions, or the admin has not consented in the tenant.", "no-permission"),
        new(65001, "invalid_grant", 400, "The user or administrator has not consented to use the application.", "no-permission"),
        new(90009, "invalid_request", 400, "The application is requesting a token for itself by its URI.", "entra-refused"),
        new(700027, "invalid_client", 401, "Client assertion failed signature validation. The key was not found.", "cert-not-registered"),
        new(700030, "invalid_client", 401, "Invalid certificate: the subject name in the certificate isn't authorized.", "cert-not-registered"),
        new(50012, "invalid_client", 401, "Authentication failed: the certificate's chain is not accepted.", "cert-not-registered"),
        new(700021, "invalid_client", 401, "Client assertion application identifier doesn't match 'client_id' parameter.", "cert-not-registered"),
        new(700213, "invalid_client", 401, "No matching federated identity record found for presented assertion subject.", "cert-not-registered"),
        new(700211, "invalid_client", 401, "No matching federated identity record found for presented assertion issuer.", "cert-not-registered"),
        new(70021, "invalid_client", 401, "No matching federated identity record found for presented assertion.", "cert-not-registered"),
        new(700229, "invalid_client", 401, "Only app-only tokens can be used as Federated Identity Credentials.", "entra-refused"),
        new(1000502, "invalid_client", 401, "The provided certificate is not within its specified validity window.", "cert-expired"),
        new(7000274, "invalid_client", 401, "The provided certificate is not within its validity.", "cert-expired"),
        new(7000214, "invalid_client", 401, "Certificate has been revoked.", "cert-expired"),
        new(700024, "invalid_client", 401, "Client assertion is not within its valid time range.", "clock-skew"),
        new(530032, "access_denied", 400, "Blocked by a security policy on the tenant.", "conditional-access"),
        new(53011, "access_denied", 400, "The service principal is blocked due to risk.", "conditional-access"),
        new(530035, "access_denied", 400, "Access has been blocked by security defaults.", "security-defaults"),
        new(50034, "invalid_grant", 400, "The user account does not exist in the directory.", "entra-refused"),
        new(50076, "invalid_grant", 400, "You must use multi-factor authentication to access the resource.", "entra-refused"),
        new(90006, "temporarily_unavailable", 503, "External server retryable error.", "entra-unavailable"),
        new(90033, "temporarily_unavailable", 503, "A transient error has occurred. Please try again.", "entra-unavailable"),
        new(50000, "server_error", 500, "There was an issue with the sign-in service.", "entra-unavailable"),
        new(50196, "invalid_request", 400, "The server terminated an operation because it encountered a client request loop.", "entra-throttled"),
        new(9999999, "unheard_of", 400, "Nobody has seen this number before.", "entra-refused"),
    ];

    public static IEnumerable<SandboxApp> Apps => All.Select(fault => fault.App);
}
