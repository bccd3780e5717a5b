using System.Runtime.CompilerServices;
using Fluid;
using Fluid.Values;

namespace Signify.Notifications.Delivery.Content;

/// <summary>
/// Bounds what filters may make for one part of one message: text can double with each step, so that no limit on steps or output
/// would notice before the memory is gone.
/// </summary>
internal static class FilterBudget
{
    /// <summary>Characters and list items, read and made, by all filters together.</summary>
    private const long Limit = 32L * 1024 * 1024;

    private static readonly ConditionalWeakTable<TemplateContext, StrongBox<long>> Spent = [];

    public static FilterDelegate Guard(string name, FilterDelegate filter) => async (input, arguments, context) =>
    {
        Spend(context, Size(input) + Beforehand(name, input, arguments));
        var result = await filter(input, arguments, context);
        Spend(context, Size(result));
        return result;
    };

    /// <summary>What these could make at once of two short texts.</summary>
    private static long Beforehand(string name, FluidValue input, FilterArguments arguments) => name switch
    {
        "replace" or "join" => Size(input) * (1 + Sizes(arguments)),
        "date" when arguments.At(0).ToStringValue() is { } format && HasWidth(format) => throw new InvalidOperationException("A date's format has no widths."),
        _ => Sizes(arguments),
    };

    private static long Sizes(FilterArguments arguments)
    {
        var sum = 0L;
        foreach (var argument in arguments.Values)
        {
            sum += Size(argument);
        }

        return sum;
    }

    // Two digits are a width that harms nobody.
    private static bool HasWidth(string format) => System.Text.RegularExpressions.Regex.IsMatch(format, "[0-9]{3}") || format.Length > 200;

    private static long Size(FluidValue value) => value switch
    {
        StringValue text => 1 + text.ToStringValue().Length,
        ArrayValue list => list.Values.Sum(Size),
        _ => 1,
    };

    private static void Spend(TemplateContext context, long size)
    {
        var spent = Spent.GetOrCreateValue(context);
        if ((spent.Value += size) > Limit)
        {
            throw new InvalidOperationException("The filters make too much text.");
        }
    }
}
