using System.Text.Json;

namespace Signify.Notifications.Web.Tests.Alerts;

internal static class JsonText
{
    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();
}
