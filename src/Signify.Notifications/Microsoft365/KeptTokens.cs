using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Microsoft365;

/// <summary>
/// Tokens for sending, each used until it nears its end; however many ask, Entra is asked once. The check never looks here: it
/// has to see what Entra says of the credentials now.
/// </summary>
public sealed class KeptTokens(IAccessTokens tokens, TimeProvider time)
{
    /// <summary>A token that ends sooner is not begun with.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<TokenKey, Task<AccessToken>> _kept = [];

    /// <exception cref="TransportUnavailableException">Entra refused, could not be reached, or did not answer within the Timeout of the settings.</exception>
    public async Task<KeptToken> GetAsync(NotificationSettings settings, TokenResource resource, CancellationToken ct)
    {
        var key = new TokenKey(settings.Cloud, settings.TenantId, settings.ClientId, settings.Credential, CredentialOf(settings), resource);
        Task<AccessToken> token;
        bool kept;
        lock (_gate)
        {
            kept = _kept.TryGetValue(key, out token!) && Serves(token);
            if (!kept)
            {
                DropEnded();
                token = _kept[key] = AcquireAsync(settings, resource);
            }

            // Whoever joins an acquisition under way gets a token as fresh as its first caller's.
            kept = kept && token.IsCompleted;
        }

        return new KeptToken(await token.WaitAsync(ct), kept);
    }

    /// <summary>The server refused it: the next to ask gets a fresh one. A token that has taken its place meanwhile stays.</summary>
    public void Forget(KeptToken refused)
    {
        lock (_gate)
        {
            foreach (var (key, _) in _kept.Where(entry => entry.Value.IsCompletedSuccessfully && ReferenceEquals(entry.Value.Result, refused.Token)).ToList())
            {
                _kept.Remove(key);
            }
        }
    }

    private bool Serves(Task<AccessToken> token) =>
        !token.IsCompleted || (token.IsCompletedSuccessfully && token.Result.ExpiresAt - time.GetUtcNow() > Margin);

    private void DropEnded()
    {
        foreach (var (key, _) in _kept.Where(entry => !Serves(entry.Value)).ToList())
        {
            _kept.Remove(key);
        }
    }

    // Under a bound of its own and no caller's: one that gives up must not take the token from the others.
    private async Task<AccessToken> AcquireAsync(NotificationSettings settings, TokenResource resource)
    {
        using var bound = new CancellationTokenSource(settings.Timeout, time);
        // The caller holds the gate until the first real wait.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            return await tokens.AcquireFreshAsync(settings, resource, bound.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TransportUnavailableException(Causes.EntraLateSending.Told());
        }
    }

    // Of a certificate its thumbprint will do: it names one key. Not each ruleset may use the host's identity.
    private static SecretText? CredentialOf(NotificationSettings settings) => settings.Credential switch
    {
        CredentialKind.Certificate when settings.Certificate is { } certificate => new SecretText($"certificate {certificate.Facts.Sha256}"),
        CredentialKind.WorkloadIdentity => new SecretText($"workload identity of {settings.RulesetId}"),
        _ => settings.ClientSecret,
    };

    // SecretText compares by value and prints a mask.
    private sealed record TokenKey(string Cloud, string? Tenant, string? Client, CredentialKind Kind, SecretText? Credential, TokenResource Resource);
}

/// <param name="WasKept">It was there before it was asked for, so that a refusal may mean its age.</param>
public sealed record KeptToken(AccessToken Token, bool WasKept);
