using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Limits;

namespace Signify.Notifications.Sandbox.Exchange;

/// <summary>What all connections share.</summary>
internal sealed record ExchangeServer(
    SmtpSignIn SignIn, StoreDriver Store, SubmissionLimits Limits, SandboxFaults Faults, TimeProvider Time, TimeSpan IdleTimeout, CancellationToken Stopping);
