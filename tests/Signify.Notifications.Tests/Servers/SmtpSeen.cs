namespace Signify.Notifications.Tests.Servers;

/// <summary>A command as it reached the server.</summary>
public sealed record SmtpLine(string Text, bool Encrypted);

/// <summary>What an AUTH command carried, decoded.</summary>
public sealed record SmtpLogin(string Mechanism, string User, string Secret, bool Encrypted);
