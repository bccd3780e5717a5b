using System.Numerics;
using System.Text.RegularExpressions;
using Fluid;
using Fluid.Values;

namespace Signify.Notifications.Delivery.Content;

/// <summary>
/// What filters cost, spent before they run: text can double with each step, and a search costs the product of both texts.
/// </summary>
internal static partial class FilterCosts
{
    private const int DateFormatLimit = 200;

    public static FilterDelegate Metered(string name, FilterDelegate filter) => async (input, arguments, context) =>
    {
        var budget = RenderBudget.Of(context);
        budget.SpendNested(2 * RenderBudget.Item);
        budget.Spend(Cost(name, input, arguments, budget));
        var result = await filter(input, arguments, context);
        budget.Spend(budget.SizeOf(result));
        return result;
    };

    // Escaping makes up to six characters of one, URL encoding up to nine; an ordinal search compares many characters in one step.
    private static long Cost(string name, FluidValue input, FilterArguments arguments, RenderBudget budget)
    {
        var size = budget.SizeOf(input);
        var given = Sum(arguments, budget);
        return given + name switch
        {
            "replace" => Search(size, arguments) + Replaced(input, arguments, budget, Search(size, arguments)),
            "replace_first" or "replace_last" or "remove" => Search(size, arguments),
            // By the rules of the culture, character by character.
            "remove_first" or "remove_last" => 8 * size * (1 + arguments.At(0).ToStringValue().Length),
            "split" => Search(size, arguments) + Pieces(input, arguments, budget, Search(size, arguments)),
            "reverse" => RenderBudget.Item * size,
            "join" or "map" or "where" => size + (RenderBudget.CountOf(input) * given),
            "sort" or "sort_natural" => RenderBudget.Item * size * (1 + BitOperations.Log2((ulong)RenderBudget.CountOf(input) + 1)),
            "uniq" => size + Pairs(input, size),
            "date" => DateCost(size, given, arguments),
            "escape" or "escape_once" or "url_encode" or "url_decode" or "strip_html" => 8 * size,
            _ => size,
        };
    }

    private static long Sum(FilterArguments arguments, RenderBudget budget)
    {
        var sum = 0L;
        for (var i = 0; i < arguments.Count; i++)
        {
            sum += budget.SizeOf(arguments.At(i));
        }

        return sum;
    }

    private static long Search(long size, FilterArguments arguments) => size * (1 + (arguments.At(0).ToStringValue().Length / 16));

    // The work of counting is spent before it is done.
    private static long Replaced(FluidValue input, FilterArguments arguments, RenderBudget budget, long search) =>
        Occurrences(input, arguments, budget, search) * arguments.At(1).ToStringValue().Length;

    private static long Pieces(FluidValue input, FilterArguments arguments, RenderBudget budget, long search) =>
        4 * RenderBudget.Item * (1 + Occurrences(input, arguments, budget, search));

    private static long Occurrences(FluidValue input, FilterArguments arguments, RenderBudget budget, long search)
    {
        budget.Spend(search);
        var (text, sought) = (input.ToStringValue(), arguments.At(0).ToStringValue());
        return sought.Length == 0 ? text.Length : text.AsSpan().Count(sought);
    }

    // Hashes of numbers can be made to collide, those of text cannot.
    private static long Pairs(FluidValue input, long size) =>
        input is ArrayValue list && list.Values.All(item => item is StringValue) ? size : size * RenderBudget.CountOf(input) / 4;

    private static long DateCost(long size, long given, FilterArguments arguments) =>
        arguments.At(0).ToStringValue() is { } format && (format.Length > DateFormatLimit || Width().IsMatch(format))
            ? throw new InvalidOperationException("A date's format has no widths.")
            : 64 * (size + given);

    // Two digits are a width that creates little.
    [GeneratedRegex("[0-9]{3}")]
    private static partial Regex Width();
}
