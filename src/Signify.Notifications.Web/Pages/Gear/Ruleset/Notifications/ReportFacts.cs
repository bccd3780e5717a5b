using System.Reflection;
using System.Runtime.InteropServices;
using Signify.Notifications.Checks;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>All that a report tells of: one check, the settings that were checked, and the program that did.</summary>
public sealed record ReportFacts(SettingsRevision Revision, CheckReport Check, DateTimeOffset Now)
{
    public string Program { get; init; } = ProgramVersion;

    public string Runtime { get; init; } = RuntimeInformation.FrameworkDescription;

    public string System { get; init; } = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}";

    private static string ProgramVersion { get; } = typeof(CheckReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
