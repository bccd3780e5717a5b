using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using static Signify.Notifications.Findings.FindingCode;
using Route = Signify.Notifications.Settings.Route;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>
/// Ticks the guide's steps off from what the last check saw. A later step proves an earlier one: whoever got a token has an app, the
/// right IDs and the right secret. What nothing proves stays open, as a guess would send somebody looking in the wrong place.
/// </summary>
public sealed class GuideEvidence
{
    private const string NoWay = "The program cannot see this.";

    private static readonly FindingCode[] AppMissing = [ClientUnknown, AppNotInTenant, ClientIdInvalid];
    private static readonly FindingCode[] IdsWrong = [ClientUnknown, TenantUnknown, TenantOtherCloud, IdsSwapped, ClientIdInvalid, TenantIdInvalid, AppNotInTenant];
    private static readonly FindingCode[] SecretBad = [SecretWrong, SecretExpired, SecretRequired, SecretIsId, SecretIsMask, KeyRingLost, CertNotRegistered, CertExpired];

    /// <summary>Refusals that Entra utters only to an app that it knows in that tenant.</summary>
    private static readonly FindingCode[] AppKnown = [SecretWrong, SecretExpired, AppDisabled, AppPublicClient, ConditionalAccess, CertNotRegistered, CertExpired, NoExchangeOnline, ExchangeDisabled];
    private static readonly FindingCode[] NoRight = [NoPermission, ExchangePermissionMissing, ExchangePermissionWrong, GraphPermissionMissing, GraphOnly];
    private static readonly FindingCode[] AuthOff = [SmtpAuthDisabledMailbox, SmtpAuthDisabledTenant, SecurityDefaults];
    private static readonly FindingCode[] NoMailbox = [MailboxNotFound, MailboxBarred, NoExchangeOnline, ExchangeDisabled];
    private static readonly FindingCode[] Blocked = [NameNotFound, ConnectionRefused, ConnectionTimedOut, ConnectionFailed, StarttlsMissing, EntraUnreachable, EntraInterfered];

    private readonly GuideFacts _facts;
    private readonly SeenTokens _tokens;
    private readonly IReadOnlyList<Finding> _found;

    private GuideEvidence(GuideFacts facts)
    {
        // Settings for a relay prove nothing of Microsoft 365.
        _facts = facts.Revision is { SignIn: SignIn.Token } ? facts : facts with { Report = null, TestedAt = null };
        _tokens = SeenTokens.Of(_facts.Report);
        // The likeliest of each step: what stands behind it is a guess.
        _found = [.. (_facts.Report?.Steps ?? []).SelectMany(s => s.Findings.Take(1))];
    }

    private bool OverGraph => _facts.Report is { Passed: true, Route: Route.Graph };

    private DateTimeOffset? At => _facts.Report?.StartedAt;

    private bool SignedIn => Step(StepName.SignIn) == StepState.Passed;

    private bool Encrypted => Step(StepName.Encryption) == StepState.Passed || (Step(StepName.Encryption) == StepState.Warning && Step(StepName.SignInOffered) != StepState.Skipped);

    public static GuideProgress Read(GuideFacts facts)
    {
        var evidence = new GuideEvidence(facts);
        return new GuideProgress
        {
            App = evidence.App(),
            Ids = evidence.Ids(),
            Secret = evidence.Secret(),
            Permission = evidence.Permission(),
            Exchange = evidence.Exchange(),
            Form = evidence.Form(),
            Licence = evidence.Licence(),
            Account = evidence.Account(),
            Consent = evidence.Consent(),
            SmtpAuth = evidence.SmtpAuth(),
            Firewall = evidence.Firewall(),
        };
    }

    private GuideMark App() => _tokens.Any || Found(AppKnown) is not null ? Done("Entra knows the app.") : Missing(AppMissing) ?? NotYet();

    private GuideMark Ids() => _tokens.Any || Found(AppKnown) is not null ? Done("Client ID and Tenant ID belong together.") : Missing(IdsWrong) ?? NotYet();

    private GuideMark Secret() => _tokens.Any ? Done("Entra accepts the secret.") : Missing(SecretBad) ?? NotYet();

    private GuideMark Permission()
    {
        string[] granted = [.. _tokens.MaySendOverSmtp ? ["SMTP.SendAsApp"] : Array.Empty<string>(), .. _tokens.MaySendOverGraph ? ["Mail.Send"] : Array.Empty<string>()];
        return _found.FirstOrDefault(f => f.Blocks && NoRight.Contains(f.Code)) is { } missing ? NotDone(missing)
            : granted.Length > 0 ? Done($"{string.Join(" and ", granted)} {(granted.Length > 1 ? "are" : "is")} granted in Entra.")
            : SignedIn || _facts.Revision?.GraphProvedAt is not null ? Done("The right to send is given inside Exchange.")
            : Missing(NoRight) ?? NotYet();
    }

    private GuideMark Exchange() => true switch
    {
        _ when SignedIn && Step(StepName.Sender) == StepState.Passed => Done($"{_facts.Revision!.FromEmail} lets the app in over SMTP."),
        _ when OverGraph => Done("Nothing is needed in Exchange: mail leaves over Microsoft Graph. Whether the app is limited to one mailbox cannot be seen from here."),
        _ => MissingAt(StepName.SignIn) ?? MissingAt(StepName.Sender) ?? NotYet(),
    };

    private GuideMark Form() => _facts switch
    {
        { Revision: null } => new GuideMark(GuideState.NotDone, "Nothing is saved yet."),
        { Revision.SignIn: not SignIn.Token } => new GuideMark(GuideState.NotDone, "What is saved does not use Microsoft 365: Token-Based Authentication is off."),
        { Report: null } => new GuideMark(GuideState.NotDone, "It is saved, and its check has not ended yet."),
        { Report.Passed: false } => new GuideMark(GuideState.NotDone, $"Revision {_facts.Revision.Number} is saved. Its check did not pass."),
        { TestedAt: { } tested } => GuideMark.Done($"Revision {_facts.Revision.Number} is in use, and a test message was accepted.", tested),
        _ => new GuideMark(GuideState.NotDone, $"Revision {_facts.Revision.Number} is in use. A test message has not been sent yet: it alone proves that the mailbox can send."),
    };

    private GuideMark Licence() => _facts.TestedAt is { } tested ? GuideMark.Done("The mailbox sent a test message.", tested) : Missing(NoMailbox) ?? GuideMark.Unseen($"{NoWay} A test message shows it.");

    private GuideMark Account() => GuideMark.Unseen(_facts.Revision is { SignIn: SignIn.Token } r ? $"{NoWay} The mailbox is {r.FromEmail}." : NoWay);

    private GuideMark Consent() => Permission() is { State: GuideState.Done } given ? given : GuideMark.Unseen(NoWay);

    private GuideMark SmtpAuth() => true switch
    {
        _ when SignedIn => Done("The sign-in over SMTP passed, so it is on."),
        _ when Missing(AuthOff) is { } off => off,
        _ when OverGraph => Done("Not needed: mail leaves over Microsoft Graph."),
        _ => NotYet(),
    };

    private GuideMark Firewall() => true switch
    {
        _ when Encrypted && _tokens.Any => Done("443 and the mail port are open."),
        _ when OverGraph => Done("443 is open, and no other port is needed."),
        _ => Missing(Blocked) ?? NotYet(),
    };

    private StepState? Step(StepName name) => _facts.Report?.Steps.FirstOrDefault(s => s.Name == name)?.State;

    private Finding? Found(FindingCode[] codes) => _found.FirstOrDefault(f => codes.Contains(f.Code));

    private GuideMark Done(string words) => GuideMark.Done(words, At);

    private GuideMark? Missing(FindingCode[] codes) => Found(codes) is { } finding ? NotDone(finding) : null;

    private GuideMark? MissingAt(StepName name) => _facts.Report?.Steps.FirstOrDefault(s => s.Name == name)?.Findings is [var likeliest, ..] ? NotDone(likeliest) : null;

    private GuideMark NotDone(Finding finding) => new(GuideState.NotDone, finding.Message) { At = At, Finding = finding };

    private GuideMark NotYet() => GuideMark.Unseen(_facts.Report is null ? "The check shows it, once the form is saved." : "The last check did not get that far.");
}
