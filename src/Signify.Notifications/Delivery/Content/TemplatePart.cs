using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Fluid;

namespace Signify.Notifications.Delivery.Content;

/// <summary>One of subject, text and html, compiled.</summary>
internal sealed partial class TemplatePart
{
    // All letters stay as they are; what means something in HTML, quotes included, does not.
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string _field;
    private readonly string _source;
    private readonly IFluidTemplate? _template;
    private readonly TextEncoder _encoder;

    private TemplatePart(string field, string source, IFluidTemplate? template, TextEncoder encoder) =>
        (_field, _source, _template, _encoder) = (field, source, template, encoder);

    /// <summary>Words that are not merged: braces stay as they are.</summary>
    public static TemplatePart Plain(string source) => new("", source, null, NullEncoder.Default);

    /// <param name="encodes">Whether values are HTML-encoded.</param>
    public static TemplatePart? Parse(string field, string source, bool encodes, RequiredFields required, List<TemplateError> errors)
    {
        if (EditorDamage.OfBraces(field, source) is { } damage)
        {
            errors.Add(damage);
            return null;
        }

        if (!source.Contains("{{", StringComparison.Ordinal) && !source.Contains("{%", StringComparison.Ordinal))
        {
            return Plain(source);
        }

        if (TemplateShape.Fault(field, source) is { } fault)
        {
            errors.Add(fault);
            return null;
        }

        if (!TemplateLanguage.Parser.TryParse(source, out var template, out var error))
        {
            errors.Add(EditorDamage.OfInside(field, source) ?? Located(field, error));
            return null;
        }

        var rules = new TemplateRules(field, source);
        rules.VisitTemplate(template);
        if (rules.Errors.Count > 0)
        {
            errors.AddRange(rules.Errors);
            return null;
        }

        required.Add(template, rules.Assigned);
        return new TemplatePart(field, source, new MeteredTemplate().VisitTemplate(template), encodes ? Html : NullEncoder.Default);
    }

    public string Render(MergeFields fields, CancellationToken ct)
    {
        if (_template is null)
        {
            return _source;
        }

        using var output = new LimitedWriter(TemplateLanguage.OutputLimit);
        var budget = new RenderBudget(TimeProvider.System, ct);
        try
        {
            // Nothing in it waits: the output is a string and no filter goes anywhere.
            var rendering = _template.RenderAsync(output, _encoder, fields.NewContext(budget));
            if (!rendering.IsCompleted)
            {
                throw new InvalidOperationException("A template waits for something.");
            }

            rendering.GetAwaiter().GetResult();
        }
        catch (Exception ex) when (ex is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            throw new TemplateException(new TemplateError(_field, Fault(output, budget, ex)), ex);
        }

        return output.ToString();
    }

    // Fluid throws what .NET throws inside it: overflow, format, its own limits. None of it is the program's fault.
    private static string Fault(LimitedWriter output, RenderBudget budget, Exception ex) => (output.Full, budget.Exceeded) switch
    {
        (true, _) => $"It makes more than {TemplateLanguage.OutputLimit} characters of this recipient's fields.",
        (_, { } limit) => $"It {limit}.",
        _ => $"It fails with this recipient's fields, or takes more than {TemplateLanguage.StepLimit} steps ({ex.GetType().Name}).",
    };

    private static TemplateError Located(string field, string error)
    {
        var place = Place().Match(error);
        return place.Success
            ? new TemplateError(field, error[..place.Index] + ".", Number(place.Groups[1]), Number(place.Groups[2]))
            : new TemplateError(field, error.Split('\n')[0]);
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@" at \((\d+):(\d+)\)")]
    private static partial Regex Place();
}
