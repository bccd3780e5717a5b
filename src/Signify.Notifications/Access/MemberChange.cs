namespace Signify.Notifications.Access;

public enum MemberChange
{
    Done,
    NotFound,

    /// <summary>Refused: the ruleset would be left without an administrator.</summary>
    LastAdministrator,
}
