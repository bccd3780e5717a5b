using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks.Ranking;

/// <summary>
/// What tells apart the causes behind one failure. What is found and in no rule stands as it was found. Nothing here makes a
/// certainty of what Microsoft does not document: such a cause stays "possible".
/// </summary>
internal static class Rules
{
    /// <summary>Refusals of the sign-in that do not say why.</summary>
    public static readonly Cause[] SignIn = [Causes.SignInRefused, Causes.SignInRefusedOtherwise, Causes.TokenNotTrusted];

    public static readonly Cause[] Client = [Causes.ClientUnknown];

    public static readonly Cause[] Tenant = [Causes.TenantUnknown];

    private static readonly Cause[] StartTls = [Causes.StarttlsMissingCloud];
    private static readonly Cause[] Mechanism = [Causes.Xoauth2NotOffered];
    private static readonly Cause[] Certificate = [Causes.TlsUntrustedCloud];

    public static IReadOnlyList<Rule> All { get; } =
    [
        // Whatever else is the matter, such a token is never let in.
        new(SignIn, Causes.TokenDelegated, 110, Certainty.Certain, e => e.Token is { Scopes.Length: > 0 }),
        new(SignIn, Causes.TokenWrongAudience, 100, Certainty.Certain, e => TokenAudience.IsForeign(e.Token, e.Cloud) && TokenAudience.IsGraphs(e.Token, e.Cloud)),
        new(SignIn, Causes.TokenWrongAudience, 100, Certainty.Likely, e => TokenAudience.IsForeign(e.Token, e.Cloud) && !TokenAudience.IsGraphs(e.Token, e.Cloud)),

        // Entra has done its part.
        new(SignIn, Causes.ServicePrincipalMissing, 90, Certainty.Likely, e => Fits(e) && e.Read.Smtp),
        new(SignIn, Causes.MailboxNotPrimary, 50, Certainty.Possible, e => Fits(e) && e.Read.Smtp),

        // Entra has not; Exchange may have, and then not for this mailbox.
        new(SignIn, Causes.ExchangePermissionWrong, 90, Certainty.Likely, e => Fits(e) && e.Read.WrongMailSend),
        new(SignIn, Causes.GraphOnlySmtpChosen, 80, Certainty.Likely, e => Lacks(e) && e.Read.GraphMail && e.Settings.Route == RouteChoice.Smtp),
        new(SignIn, Causes.GraphOnly, 80, Certainty.Likely, e => Lacks(e) && e.Read.GraphMail && e.Settings.Route != RouteChoice.Smtp),
        new(SignIn, Causes.NoPermission, 70, Certainty.Likely, e => Lacks(e) && !e.Read.GraphMail && !e.Read.WrongMailSend),
        new(SignIn, Causes.ExchangePermissionMissing, 60, Certainty.Possible, e => Lacks(e) && Wanted(e)),
        new(SignIn, Causes.ExchangeScopeExcludes, 40, Certainty.Possible, e => Lacks(e) && Wanted(e)),

        // A token that cannot be read tells nothing of what is missing.
        new(SignIn, Causes.SignInRefused, 60, Certainty.Certain, e => e.Token is null),
        new(SignIn, Causes.FromDomainElsewhere, 55, Certainty.Possible, e => Wanted(e) && e.OtherTenantOfDomain is not null),

        new(Client, Causes.ClientUnknown, 90, Certainty.Likely, e => e.Tenant is { Knowledge: TenantKnowledge.Known }),
        new(Client, Causes.ClientOfOtherTenant, 60, Certainty.Possible, e => e.Tenant is { Knowledge: TenantKnowledge.Known } && e.OtherTenantOfDomain is not null),
        new(Client, Causes.ClientNotConsented, 50, Certainty.Possible, e => e.Tenant is { Knowledge: TenantKnowledge.Known }),

        new(Tenant, Causes.IdsSwappedTenant, 100, Certainty.Certain, e => e.ClientIsTenant),
        new(Tenant, Causes.TenantUnknown, 90, Certainty.Certain, e => !e.ClientIsTenant),
        new(Tenant, Causes.TenantIsDomains, 70, Certainty.Possible, e => !e.ClientIsTenant && DomainKnown(e)),
        new(Tenant, Causes.TenantPerhapsElsewhere, 40, Certainty.Possible, e => !e.ClientIsTenant && !DomainKnown(e)),

        new([Causes.ConnectionRefusedCloud], Causes.PortBlockedRefused, 90, Certainty.Likely, e => e.HttpsWorks),
        new([Causes.ConnectionSilentCloud, Causes.GreetingMissingCloud], Causes.PortBlockedSilent, 90, Certainty.Likely, e => e.HttpsWorks),
        new([Causes.ConnectionFailedCloud], Causes.PortBlockedBroken, 90, Certainty.Likely, e => e.HttpsWorks),
        new(StartTls, Causes.StarttlsStripped, 90, Certainty.Likely, e => e.BannerForeign),
        new(Mechanism, Causes.Xoauth2BannerForeign, 90, Certainty.Likely, e => e.BannerForeign),
        new(Certificate, Causes.TlsIntercepted, 90, Certainty.Likely, e => e.Cloud.BuiltIn && e.HttpsWorks),
    ];

    private static bool Fits(Evidence e) => e.Token is { Scopes: null or "" } && !TokenAudience.IsForeign(e.Token, e.Cloud);

    private static bool Lacks(Evidence e) => Fits(e) && !e.Read.Smtp;

    // Where Graph does and may, nobody has to mend SMTP.
    private static bool Wanted(Evidence e) => !e.Read.GraphMail || e.Settings.Route == RouteChoice.Smtp || e.Read.Smtp;

    private static bool DomainKnown(Evidence e) => e.FromDomain is { Knowledge: TenantKnowledge.Known, TenantId: not null };
}
