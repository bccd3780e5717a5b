namespace Signify.Notifications.RepairKit;

/// <summary>
/// The commands of Exchange Online PowerShell that the scripts are put together from. They are constant: what is an installation's own
/// stands in the variables. Each looks before it makes something, so that a second run changes nothing.
/// </summary>
internal static class ExchangeText
{
    public const string FindApp = "$app = Get-ServicePrincipal | Where-Object AppId -eq $clientId";

    public const string MakeApp = """
        # Tell Exchange of the app, unless it knows it.
        $app = Get-ServicePrincipal | Where-Object AppId -eq $clientId
        if ($app -and ($objectId -as [guid]) -and $app.ObjectId -ne $objectId) {
            # Made with another Object ID it never works, and cannot be edited.
            # It is made anew; this asks first.
            Remove-ServicePrincipal -Identity $app.Identity -Confirm
            $app = Get-ServicePrincipal | Where-Object AppId -eq $clientId
        }
        if (-not $app) {
            $app = New-ServicePrincipal -AppId $clientId -ObjectId $objectId -DisplayName 'Signify Notifications'
        }
        """;

    public const string MailboxAccess = """
        # Let the app into the mailbox.
        Add-MailboxPermission -Identity $mailbox -User $app.Identity -AccessRights FullAccess
        """;

    public const string LookAtAccess = FindApp + """

        $app | Format-List DisplayName, AppId, ObjectId
        Get-MailboxPermission -Identity $mailbox | Format-Table User, AccessRights
        """;

    public const string TakeAccessBack = FindApp + """

        Remove-MailboxPermission -Identity $mailbox -User $app.Identity -AccessRights FullAccess -Confirm
        # Only when the app sends from no other mailbox:
        Remove-ServicePrincipal -Identity $app.Identity -Confirm
        """;

    public const string SmtpRole = "$role = 'Application SMTP.SendAsApp'\n$name = 'Signify SMTP '";

    public const string GraphRole = "$role = 'Application Mail.Send'\n$name = 'Signify Graph '";

    public const string ScopeName = """

        $whose = if ($group) { $group } else { $mailbox }
        $name = $name + $clientId.Substring(0, 8) + ' ' + $whose
        $scope = 'Signify ' + $whose
        # Exchange allows names of 64 characters.
        if ($name.Length -gt 64) { $name = $name.Substring(0, 64) }
        if ($scope.Length -gt 64) { $scope = $scope.Substring(0, 64) }
        """;

    public const string Assign = """

        # Which mailboxes: one, or the members of a group.
        if ($group) {
            $filter = "MemberOfGroup -eq '" + (Get-Group -Identity $group).DistinguishedName.Replace("'", "''") + "'"
        } else {
            $filter = "PrimarySmtpAddress -eq '" + $mailbox.Replace("'", "''") + "'"
        }
        if (-not (Get-ManagementScope | Where-Object Name -eq $scope)) {
            New-ManagementScope -Name $scope -RecipientRestrictionFilter $filter
        }
        # The right to send, for these mailboxes alone.
        if (-not (Get-ManagementRoleAssignment -Role $role | Where-Object Name -eq $name)) {
            New-ManagementRoleAssignment -Name $name -Role $role -App $clientId -CustomResourceScope $scope
        }
        """;

    public const string LookAtRoles = "Test-ServicePrincipalAuthorization -Identity $clientId -Resource $mailbox | Format-Table RoleName, AllowedResourceScope, InScope";

    public const string TakeRoleBack = """

        Remove-ManagementRoleAssignment -Identity $name -Confirm
        # Exchange refuses this while another right uses the same mailboxes.
        Remove-ManagementScope -Identity $scope -Confirm
        """;

    public const string SmtpAuthOn = "Set-CASMailbox -Identity $mailbox -SmtpClientAuthenticationDisabled $false";

    public const string LookAtSmtpAuth = """
        Get-CASMailbox -Identity $mailbox | Format-List SmtpClientAuthenticationDisabled
        Get-TransportConfig | Format-List SmtpClientAuthenticationDisabled
        """;

    public const string SmtpAuthAsTenant = "Set-CASMailbox -Identity $mailbox -SmtpClientAuthenticationDisabled $null";

    public const string SendAs = """
        # Let it send in the mailbox's name.
        Add-RecipientPermission -Identity $mailbox -Trustee $app.Identity -AccessRights SendAs -Confirm:$false
        """;

    public const string LookAtSendAs = "Get-RecipientPermission -Identity $mailbox | Format-Table Trustee, AccessRights";

    public const string TakeSendAsBack = FindApp + "\nRemove-RecipientPermission -Identity $mailbox -Trustee $app.Identity -AccessRights SendAs -Confirm";

    public const string CopyOff = "Set-Mailbox -Identity $mailbox -MessageCopyForSMTPClientSubmissionEnabled $false";

    public const string LookAtCopy = "Get-Mailbox -Identity $mailbox | Format-List MessageCopyForSMTPClientSubmissionEnabled";

    public const string CopyOn = "Set-Mailbox -Identity $mailbox -MessageCopyForSMTPClientSubmissionEnabled $true";
}
