using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>The steps at the token service: Tenant, Token for Exchange, Token for Graph. They run side by side.</summary>
internal sealed class EntraLane(CheckBoard board, IAccessTokens tokens, TenantProbe tenants, Cloud cloud, NotificationSettings settings)
{
    private static readonly TimeSpan ToleratedSkew = TimeSpan.FromMinutes(5);

    public Task<TenantAnswer?> TenantAsync() => board.RunAsync(StepName.Tenant, settings.Timeout, TimedOut, async ct =>
    {
        var answer = await tenants.AskAsync(cloud, settings.TenantId!, ct);
        return answer.Knowledge switch
        {
            TenantKnowledge.Known => new StepResult<TenantAnswer>(answer, $"{settings.TenantId}, {cloud.Label}."),
            TenantKnowledge.NoAnswer => new StepResult<TenantAnswer>(answer, $"{cloud.Authority.Host} says nothing of this tenant; the token decides.") { Evidence = answer.Words },
            TenantKnowledge.OtherCloud => throw new TransportUnavailableException(TenantFindings.OtherCloud(cloud), answer.Words),
            _ => throw new TransportUnavailableException(await UnknownTenantAsync(ct), answer.Words),
        };
    });

    public Task<AccessToken?> TokenAsync(StepName step, TokenResource resource) => board.RunAsync(step, settings.Timeout, TimedOut, async ct =>
    {
        var token = await tokens.AcquireFreshAsync(settings, resource, ct);
        board.Forbid(token.Value);
        return new StepResult<AccessToken>(token, $"Received{(token.Claims?.AppName is { } name ? $" for {name}" : "")}.")
        {
            Evidence = Describe(token),
            Warnings = token.ClockSkew is { } skew && skew.Duration() > ToleratedSkew ? [TenantFindings.ClockSkew(skew, cloud)] : [],
        };
    });

    // The two IDs look alike: asking whether the client ID is a tenant tells whether they were swapped.
    private async Task<IReadOnlyList<Finding>> UnknownTenantAsync(CancellationToken ct)
    {
        var swapped = settings.ClientId is { } client && (await tenants.AskAsync(cloud, client, ct)).Knowledge == TenantKnowledge.Known;
        return swapped ? [TenantFindings.Swapped(), TenantFindings.Unknown(cloud)] : [TenantFindings.Unknown(cloud)];
    }

    private static string Describe(AccessToken token) => token.Claims is not { } claims
        ? "The token's claims cannot be read."
        : string.Join('\n', new[]
        {
            $"aud: {claims.Audience ?? "none"}",
            $"roles: {(claims.Roles.Count == 0 ? "none" : string.Join(", ", claims.Roles))}",
            $"tid: {claims.TenantId ?? "none"}",
            $"appid: {claims.AppId ?? "none"}",
            $"oid: {claims.ObjectId ?? "none"}",
            $"exp: {token.ExpiresAt:u}",
            token.ClockSkew is { } skew ? $"clock: {Math.Abs(skew.TotalSeconds):0} s {(skew < TimeSpan.Zero ? "behind" : "ahead of")} this server's" : null,
        }.OfType<string>());

    private Finding TimedOut() => new(FindingCode.EntraUnreachable,
        $"The token service {cloud.Authority.Host} did not answer within {settings.Timeout.TotalSeconds:0} seconds.",
        $"Let this server connect to https://{cloud.Authority.Authority}. If it needs a proxy, set HTTPS_PROXY for this program.");
}
