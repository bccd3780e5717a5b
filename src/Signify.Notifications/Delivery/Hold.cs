namespace Signify.Notifications.Delivery;

/// <summary>Why sending is stopped for a ruleset.</summary>
public enum Hold
{
    None,

    /// <summary>A person or a program with a key stopped it; only they let it go on.</summary>
    Person,

    /// <summary>The configuration is at fault. Goes on by itself after a passing check.</summary>
    Configuration,

    /// <summary>The provider blocks the sender for abuse. A person lets it go on.</summary>
    Blocked,

    /// <summary>Three identical permanent replies in a row to different recipients: Exchange bars mailboxes that repeat errors. A person lets it go on.</summary>
    RepeatedRefusals,

    /// <summary>The database is a copy from a backup: what was sent after it was taken stands as queued. A person lets it go on.</summary>
    Restored,
}
