using Signify.Notifications.Health;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Overview;

/// <summary>All that the line under "Overview" speaks of.</summary>
public sealed record SendingFacts(Notifications.Delivery.Reading.Overview Now, SettingsRevision? Active, HealthView Health);
