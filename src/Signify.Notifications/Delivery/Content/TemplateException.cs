namespace Signify.Notifications.Delivery.Content;

/// <summary>A message cannot be made of its template: it does not parse, fails with this recipient's fields, or goes past the limits.</summary>
public sealed class TemplateException : Exception
{
    public TemplateException(IReadOnlyList<TemplateError> errors)
        : base(string.Join(" ", errors.Select(e => $"{e.Field}: {e}"))) => Errors = errors;

    public TemplateException(TemplateError error, Exception innerException)
        : base($"{error.Field}: {error}", innerException) => Errors = [error];

    /// <summary>At least one. Without values of fields.</summary>
    public IReadOnlyList<TemplateError> Errors { get; }
}
