using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>What the offline rules make of the settings as typed.</summary>
/// <param name="Cleaned">The input without what pasting left in it.</param>
/// <param name="CleanedFields">The fields that were cleaned, so that the page can say so.</param>
/// <param name="Settings">Null while a finding blocks.</param>
public sealed record FieldReport(
    SettingsInput Cleaned, IReadOnlyList<string> CleanedFields, IReadOnlyList<Finding> Findings, NotificationSettings? Settings);
