namespace Signify.Notifications.Microsoft365;

/// <summary>Takes a refusal past MSAL, which would remember a throttle for the whole process and hide a corrected secret behind it.</summary>
internal sealed class EntraRefusedException(EntraAnswer answer) : Exception($"Entra answered {(int)answer.Status}.")
{
    public EntraAnswer Answer { get; } = answer;
}
