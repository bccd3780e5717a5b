namespace Signify.Notifications.Web.Api;

/// <summary>The body of <c>POST /api/v1/settings/test-message</c>.</summary>
public sealed record TestMessageBody(string? To);
