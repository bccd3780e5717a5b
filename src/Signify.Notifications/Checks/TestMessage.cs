using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>One real message over the route of a revision, on an administrator's click only.</summary>
public sealed class TestMessage
{
    public Task<TestMessageResult> SendAsync(SettingsRevision revision, string to, string by, CancellationToken ct)
    {
        _ = (revision, to, by, ct);
        return Task.FromResult(new TestMessageResult(false, null, null,
            [new Finding(FindingCode.MessageRefused, "Test messages are not built yet.", "Wait for the next build.")]));
    }
}
