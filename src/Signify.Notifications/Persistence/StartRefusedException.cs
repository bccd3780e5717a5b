namespace Signify.Notifications.Persistence;

/// <summary>The program cannot start as it is configured. The message is for the operator and says what to change.</summary>
public sealed class StartRefusedException : Exception
{
    public StartRefusedException(string message)
        : base(message)
    {
    }

    public StartRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
