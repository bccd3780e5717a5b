using System.Diagnostics.CodeAnalysis;

namespace Signify.Notifications.Delivery.Content;

/// <summary>What a mailing says, compiled once, to be filled with each recipient's fields. Safe to use from several threads.</summary>
public sealed class MergeTemplate
{
    private MergeTemplate(TemplatePart subject, TemplatePart? text, TemplatePart? html) => (_subject, _text, _html) = (subject, text, html);

    private readonly TemplatePart _subject;
    private readonly TemplatePart? _text;
    private readonly TemplatePart? _html;

    /// <summary>Paths (<c>name</c>, <c>person.name</c>) that are used whatever the other fields say, without a <c>default</c>: each recipient must have them.</summary>
    public IReadOnlyList<string> RequiredFields { get; private init; } = [];

    /// <exception cref="TemplateException">It does not parse.</exception>
    public static MergeTemplate Parse(MailingContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!content.Merges)
        {
            return new MergeTemplate(
                TemplatePart.Plain(content.Subject), content.Text is null ? null : TemplatePart.Plain(content.Text), content.Html is null ? null : TemplatePart.Plain(content.Html));
        }

        return TryParse(content.Subject, content.Text, content.Html, out var template, out var errors) ? template : throw new TemplateException(errors);
    }

    /// <param name="errors">What is wrong, at its field; empty when it parses.</param>
    public static bool TryParse(string subject, string? text, string? html, [NotNullWhen(true)] out MergeTemplate? template, out IReadOnlyList<TemplateError> errors)
    {
        var found = new List<TemplateError>();
        var required = new RequiredFields();
        var subjectPart = TemplatePart.Parse("subject", subject, encodes: false, required, found);
        var textPart = text is null ? null : TemplatePart.Parse("text", text, encodes: false, required, found);
        var htmlPart = html is null ? null : TemplatePart.Parse("html", html, encodes: true, required, found);
        errors = found;
        template = found.Count > 0 ? null : new MergeTemplate(subjectPart!, textPart, htmlPart) { RequiredFields = required.Paths };
        return template is not null;
    }

    /// <param name="fieldsJson">The recipient's fields: a JSON object; null for none.</param>
    /// <exception cref="TemplateException">
    /// The fields are no JSON object, the template fails with them, or it reaches a limit on work, time, steps or output.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> is canceled.</exception>
    public RenderedContent Render(string? fieldsJson, CancellationToken ct)
    {
        var fields = MergeFields.Read(fieldsJson);
        return new RenderedContent(_subject.Render(fields, ct), _text?.Render(fields, ct), _html?.Render(fields, ct));
    }
}
