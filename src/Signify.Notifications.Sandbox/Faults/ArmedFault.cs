namespace Signify.Notifications.Sandbox.Faults;

/// <summary>A fault as the page shows it.</summary>
/// <param name="Place">A name of <see cref="SmtpStage"/> or <see cref="HttpPlace"/>.</param>
/// <param name="Left">How many more times it may strike; null: until it is cleared.</param>
/// <param name="Percent">How likely it strikes, 1 to 100.</param>
public sealed record ArmedFault(string Place, string Does, int? Left, int Percent, int Struck);
