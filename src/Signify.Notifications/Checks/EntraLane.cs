using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>The steps at the token service: Tenant, Token for Exchange, Token for Graph. They run side by side.</summary>
internal sealed class EntraLane(CheckBoard board, IAccessTokens tokens, TenantProbe tenants, StandbyTakeOver standby, Cloud cloud, NotificationSettings settings)
{
    private static readonly TimeSpan ToleratedSkew = TimeSpan.FromMinutes(5);

    /// <summary>Evidence, and read back as such by <see cref="SeenTokens"/>: it stays in English, as the claims do.</summary>
    internal const string Unreadable = "The token's claims cannot be read.";

    // A question that only helps to explain a failure keeps nobody waiting for long.
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(10);

    /// <summary>What the token service said of Tenant ID, also when that was a no; null before <see cref="TenantAsync"/> and where it did not answer.</summary>
    public TenantAnswer? Tenant { get; private set; }

    /// <summary>The step Tenant.</summary>
    public Task TenantAsync() => board.RunAsync(StepName.Tenant, settings.Timeout, TimedOut, async ct =>
    {
        var answer = Tenant = await tenants.AskAsync(cloud, settings.TenantId!, ct);
        return answer.Knowledge switch
        {
            TenantKnowledge.Known => new StepResult<TenantAnswer>(answer, CheckWords.TenantKnown(settings.TenantId!, cloud.Label)),
            TenantKnowledge.NoAnswer => new StepResult<TenantAnswer>(answer, CheckWords.TenantSilent(cloud.Authority.Host)) { Evidence = answer.Words },
            TenantKnowledge.OtherCloud => throw new TransportUnavailableException(TenantFindings.OtherCloud(cloud), answer.Words),
            _ => throw new TransportUnavailableException(TenantFindings.Unknown(cloud), answer.Words),
        };
    });

    /// <summary>Whether a tenant or a domain of one is known; null where there is no answer soon.</summary>
    public Task<TenantAnswer?> AskAsync(string tenantOrDomain) =>
        board.AskAsync<TenantAnswer>(settings.Timeout < AskLimit ? settings.Timeout : AskLimit, async ct => await tenants.AskAsync(cloud, tenantOrDomain, ct));

    public Task<AccessToken?> TokenAsync(StepName step, TokenResource resource) => board.RunAsync(step, settings.Timeout, TimedOut, async ct =>
    {
        var standbyRefused = standby.RefusalOfStandbyAsync(settings, resource, ct);
        var token = await tokens.AcquireFreshAsync(settings, resource, ct);
        board.Forbid(token.Value);
        return new StepResult<AccessToken>(token, token.Claims?.AppName is { } name ? CheckWords.ReceivedFor(name) : CheckWords.Received())
        {
            Evidence = Describe(token),
            Warnings =
            [
                .. token.ClockSkew is { } skew && skew.Duration() > ToleratedSkew ? [TenantFindings.ClockSkew(skew, cloud)] : Array.Empty<Finding>(),
                .. await standbyRefused is { } refused ? [CredentialFindings.Standby(refused)] : Array.Empty<Finding>(),
            ],
        };
    });

    private static string Describe(AccessToken token) => token.Claims is not { } claims
        ? Unreadable
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

    private Finding TimedOut() => EntraFindings.Late(cloud, settings.Timeout);
}
