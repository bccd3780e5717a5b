using System.Globalization;
using Signify.Notifications.Checks;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>One step of the check as a row of the page.</summary>
public sealed record CheckRow(CheckStep Step)
{
    public string Name { get; } = Step.Name.ToCode();

    public string Id => IdOf(Step.Name);

    /// <summary>After Save the page opens here.</summary>
    public bool FirstFailed { get; init; }

    /// <summary>Whether a step before it failed, so that this one was never tried.</summary>
    public bool AfterFailure { get; init; }

    public string Label => LabelOf(Step.Name);

    /// <summary>It failed on a road that nobody wants: an app that is set up for Graph alone sends over Graph.</summary>
    public bool NotNeeded { get; } = Step is { State: StepState.Warning, Findings: [var first, ..] } && first.Cause == Causes.GraphOnly.Id;

    public string State => NotNeeded ? StepState.Skipped.ToCode() : Step.State.ToCode();

    /// <summary>The state for those who do not see the mark.</summary>
    public string StateWord => Step.State switch
    {
        _ when NotNeeded => "not needed",
        StepState.Passed => "passed",
        StepState.Failed => "failed",
        StepState.Warning => "passed, with a warning",
        StepState.Skipped => "not tried",
        StepState.Running => "running",
        _ => "waiting",
    };

    public string Icon => IconOf(NotNeeded ? StepState.Skipped : Step.State);

    /// <summary>What stands at the right: how long it took, or why there is no time.</summary>
    public string Time => Step.State switch
    {
        _ when NotNeeded => "not needed",
        StepState.Waiting => "waiting",
        StepState.Running => "running",
        StepState.Skipped => AfterFailure ? "not reached" : "not needed",
        _ => TimeText(Step.Duration),
    };

    public static string IdOf(StepName name) => $"step-{name.ToCode()}";

    public static string LabelOf(StepName name) => name switch
    {
        StepName.TokenForExchange => "Token for Exchange",
        StepName.TokenForGraph => "Token for Graph",
        StepName.NameLookup => "Name lookup",
        StepName.SignInOffered => "Sign-in offered",
        StepName.SignIn => "Sign-in",
        _ => name.ToString(),
    };

    /// <summary>What the step proves, for the page before the first check.</summary>
    public static string ProofOf(StepName name) => name switch
    {
        StepName.Fields => "The values have the right form, before anything is sent",
        StepName.Tenant => "The tenant exists, in this cloud",
        StepName.TokenForExchange => "Entra accepts the app and its secret, for SMTP",
        StepName.TokenForGraph => "The same for Microsoft Graph",
        StepName.Permissions => "What the app has been allowed to do",
        StepName.NameLookup => "The server's name leads to an address",
        StepName.Connection => "The server answers on its port",
        StepName.Encryption => "The line is encrypted and the certificate is the server's",
        StepName.SignInOffered => "The server offers the kind of sign-in we need",
        StepName.SignIn => "The server lets the app into the mailbox",
        _ => "The server accepts the From address; no message is sent",
    };

    public static string IconOf(StepState state) => state switch
    {
        StepState.Passed => "check",
        StepState.Failed or StepState.Warning => "bad",
        StepState.Skipped => "dash",
        StepState.Running => "run",
        _ => "wait",
    };

    public static string TimeText(TimeSpan time) => time.TotalMilliseconds < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
