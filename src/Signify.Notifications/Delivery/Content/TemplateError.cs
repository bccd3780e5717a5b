namespace Signify.Notifications.Delivery.Content;

/// <summary>What is wrong with a template, and where.</summary>
/// <param name="Field"><c>subject</c>, <c>text</c> or <c>html</c>.</param>
/// <param name="Line">From 1; null where the place is not known.</param>
public sealed record TemplateError(string Field, string Message, int? Line = null, int? Column = null)
{
    public override string ToString() => Line is null ? Message : $"{Message} (line {Line}, column {Column})";
}
