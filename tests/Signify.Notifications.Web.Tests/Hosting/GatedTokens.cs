using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Tests.Hosting;

/// <summary>Entra behind a gate: a check that asks for a token waits until the test lets it on, however slow the machine is.</summary>
public sealed class GatedTokens
{
    private volatile TaskCompletionSource _gate = Opened();

    /// <summary>Puts the gate before the real tokens.</summary>
    public void AddTo(IServiceCollection services)
    {
        var real = services.Last(s => s.ServiceType == typeof(IAccessTokens)).ImplementationType!;
        services.AddSingleton<IAccessTokens>(provider => new Gated(this, (IAccessTokens)ActivatorUtilities.CreateInstance(provider, real)));
    }

    public void Close() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _gate.TrySetResult();

    private static TaskCompletionSource Opened()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }

    private sealed class Gated(GatedTokens gate, IAccessTokens real) : IAccessTokens
    {
        public async Task<AccessToken> AcquireFreshAsync(NotificationSettings settings, TokenResource resource, CancellationToken ct)
        {
            await gate._gate.Task.WaitAsync(ct);
            return await real.AcquireFreshAsync(settings, resource, ct);
        }
    }
}
