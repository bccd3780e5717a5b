using System.Globalization;
using Fluid;

namespace Signify.Notifications.Delivery.Content;

/// <summary>
/// The part of Liquid that mailings use. Left out: what reads files (include, render, layouts), what goes past the encoding of
/// values (raw as a filter, capture), and what makes much of little (padding formats). A name that is not here is an error.
/// </summary>
internal static class TemplateLanguage
{
    /// <summary>Statements carried out for one part of one message.</summary>
    public const int StepLimit = 50_000;

    /// <summary>Characters of one part of one message, merged.</summary>
    public const int OutputLimit = 4 * 1024 * 1024;

    private static readonly string[] Tags =
        ["assign", "break", "case", "comment", "#", "continue", "decrement", "echo", "for", "if", "increment", "raw", "unless"];

    private static readonly string[] FilterNames =
    [
        "abs", "append", "at_least", "at_most", "capitalize", "ceil", "compact", "concat", "date", "default", "divided_by", "downcase", "escape",
        "escape_once", "first", "floor", "join", "last", "lstrip", "map", "minus", "modulo", "plus", "prepend", "remove", "remove_first", "remove_last",
        "replace", "replace_first", "replace_last", "reverse", "round", "rstrip", "size", "slice", "sort", "sort_natural", "split", "strip", "strip_html",
        "strip_newlines", "sum", "times", "truncate", "truncatewords", "uniq", "upcase", "url_decode", "url_encode", "where",
    ];

    public static FluidParser Parser { get; } = NewParser();

    public static TemplateOptions Options { get; } = NewOptions();

    public static bool HasFilter(string name) => Options.Filters.TryGetValue(name, out _);

    private static FluidParser NewParser()
    {
        var parser = new FluidParser(new FluidParserOptions { AllowFunctions = false, AllowLiquidTag = false });
        foreach (var tag in parser.RegisteredTags.Keys.Except(Tags).ToList())
        {
            parser.RegisteredTags.Remove(tag);
        }

        return parser;
    }

    private static TemplateOptions NewOptions()
    {
        var options = new TemplateOptions
        {
            CultureInfo = CultureInfo.InvariantCulture,
            TimeZone = TimeZoneInfo.Utc,
            MaxSteps = StepLimit,
            ModelNamesComparer = MergeFields.NameComparer,
        };
        var known = options.Filters.ToDictionary(f => f.Key, f => f.Value);
        options.Filters.Clear();
        foreach (var name in FilterNames)
        {
            options.Filters.AddFilter(name, FilterCosts.Metered(name, known[name]));
        }

        return options;
    }
}
