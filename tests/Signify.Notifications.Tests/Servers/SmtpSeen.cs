namespace Signify.Notifications.Tests.Servers;

/// <summary>A command as it reached the server.</summary>
/// <param name="Ahead">It was there before the server had answered the one before it.</param>
public sealed record SmtpLine(string Text, bool Encrypted, bool Ahead);

/// <summary>What an AUTH command carried, decoded.</summary>
public sealed record SmtpLogin(string Mechanism, string User, string Secret, bool Encrypted);
