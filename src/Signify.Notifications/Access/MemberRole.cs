namespace Signify.Notifications.Access;

public enum MemberRole
{
    /// <summary>Sees everything except secrets and the audit log, changes nothing.</summary>
    Viewer,

    /// <summary>Changes settings, users and keys.</summary>
    Administrator,
}
