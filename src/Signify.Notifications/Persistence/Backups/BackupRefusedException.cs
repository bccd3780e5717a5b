namespace Signify.Notifications.Persistence.Backups;

/// <summary>A copy cannot be made, or this one cannot be used. The message is for the operator and says what to change.</summary>
public sealed class BackupRefusedException : Exception
{
    public BackupRefusedException(string message)
        : base(message)
    {
    }

    public BackupRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
