using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Sandbox;

/// <summary>Ready-made form values of the pretend Microsoft 365. Registered only while the sandbox runs.</summary>
public interface ISandboxValues
{
    /// <summary>The values of a scenario, secret included: they belong to nobody. Null when there is no such scenario.</summary>
    SettingsInput? Find(string id);
}
