using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Diagnosis;

/// <content>What the app may do, as far as its tokens tell.</content>
public static partial class Causes
{
    public static readonly Cause GraphOnly = new("graph-only", FindingCode.GraphOnly)
    {
        Field = SettingsField.Route,
        Repair = [RepairScript.SmtpMailboxAccess, RepairScript.SmtpRoleAssignment],
    };

    public static readonly Cause GraphOnlySmtpChosen = new("graph-only-smtp-chosen", FindingCode.GraphOnly)
    {
        Field = SettingsField.Route,
        Page = PortalPage.AppPermissions,
        TellApart = "smtp-or-graph",
        Repair = [RepairScript.SmtpMailboxAccess, RepairScript.SmtpRoleAssignment],
    };

    public static readonly Cause ExchangePermissionMissing = new("exchange-permission-missing", FindingCode.ExchangePermissionMissing)
    {
        Field = SettingsField.ClientId,
        Page = PortalPage.AppPermissions,
        TellApart = "smtp-or-graph",
        Repair = [RepairScript.SmtpMailboxAccess, RepairScript.SmtpRoleAssignment],
        TakesTime = true,
    };

    public static readonly Cause ExchangePermissionWrong = new("exchange-permission-wrong", FindingCode.ExchangePermissionWrong)
    {
        Field = SettingsField.ClientId,
        Page = PortalPage.AppPermissions,
        Repair = [RepairScript.SmtpMailboxAccess, RepairScript.SmtpRoleAssignment],
    };

    public static readonly Cause GraphPermissionMissing = new("graph-permission-missing", FindingCode.GraphPermissionMissing)
    {
        Field = SettingsField.ClientId,
        Page = PortalPage.AppPermissions,
        Repair = [RepairScript.GraphOneMailbox],
        TakesTime = true,
    };

    public static readonly Cause NoPermission = new("no-permission", FindingCode.NoPermission)
    {
        Field = SettingsField.ClientId,
        Page = PortalPage.AppPermissions,
        TellApart = "test-over-graph",
        Repair = [RepairScript.SmtpMailboxAccess, RepairScript.SmtpRoleAssignment, RepairScript.GraphOneMailbox],
        TakesTime = true,
    };

    public static readonly Cause ExchangeScopeExcludes = new("exchange-scope-excludes", FindingCode.AccessPolicy)
    {
        Field = SettingsField.FromEmail,
        Certainty = Certainty.Possible,
        TellApart = "role-scope",
        Repair = [RepairScript.SmtpRoleAssignment],
        TakesTime = true,
    };

    public static readonly Cause FromDomainElsewhere = new("from-domain-elsewhere", FindingCode.FromNotOwned)
    {
        Field = SettingsField.FromEmail,
        Certainty = Certainty.Possible,
    };

    public static readonly Cause TokenWrongAudience = new("token-wrong-audience", FindingCode.SignInRefused) { Field = SettingsField.Cloud };

    public static readonly Cause TokenDelegated = new("token-delegated", FindingCode.SignInRefused)
    {
        Field = SettingsField.ClientId,
        Page = PortalPage.AppAuthentication,
    };

    public static readonly Cause GraphTenantWide = new("graph-tenant-wide", FindingCode.GraphTenantWide)
    {
        Severity = FindingSeverity.Advice,
        Repair = [RepairScript.GraphOneMailbox],
    };
}
