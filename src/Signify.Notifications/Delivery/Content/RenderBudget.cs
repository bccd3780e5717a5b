using System.Runtime.CompilerServices;
using Fluid;
using Fluid.Values;

namespace Signify.Notifications.Delivery.Content;

/// <summary>
/// The work that one part of one message may cost, weighed by the size of what operators and filters read and create. A unit is about
/// one character, or 5 ns; the clock is the second line, for what is weighed too low. Not safe for several threads.
/// </summary>
internal sealed class RenderBudget(TimeProvider time, CancellationToken ct)
{
    public const long WorkLimit = 16L * 1024 * 1024;

    /// <summary>The fixed cost of a value, of an expression and of a statement.</summary>
    public const long Item = 16;

    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    private const long ClockInterval = 16 * 1024;

    private readonly long _began = time.GetTimestamp();
    private long _left = WorkLimit;
    private long _untilClock = ClockInterval;

    /// <summary>The limit that was reached, for the message; null while there is none.</summary>
    public string? Exceeded { get; private set; }

    /// <summary>Open loops: each is one more scope to search for a name.</summary>
    public int Loops { get; set; }

    public static RenderBudget Of(TemplateContext context) => ((RenderContext)context).Budget;

    /// <exception cref="InvalidOperationException">A limit is reached.</exception>
    /// <exception cref="OperationCanceledException">The rendering was canceled.</exception>
    public void Spend(long work)
    {
        _left -= work;
        if (_left < 0 || work < 0)
        {
            _left = -1;
            Stop("takes more work than one recipient's message may cost: its loops, conditions and filters read or create too much");
        }

        _untilClock -= work;
        if (_untilClock < 0)
        {
            _untilClock = ClockInterval;
            CheckClock();
        }
    }

    /// <summary>For what calls itself: a stack that overflows ends the process.</summary>
    public void SpendNested(long work)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Spend(work);
    }

    /// <summary>What it costs to read all of a value, with everything in it.</summary>
    /// <exception cref="InvalidOperationException">It is more than what is left.</exception>
    public long SizeOf(FluidValue value)
    {
        var size = 0L;
        Add(value, ref size);
        return size;
    }

    /// <summary>How many values a loop or a list filter goes through.</summary>
    public static long CountOf(FluidValue value) => value switch
    {
        ConditionValue condition => CountOf(condition.Operand),
        ArrayValue list => list.Values.Count,
        DictionaryValue members => ((IFluidIndexable)members.ToObjectValue()).Count,
        _ => 1,
    };

    private void Add(FluidValue value, ref long size)
    {
        size += Item;
        switch (value)
        {
            case StringValue text:
                size += text.ToStringValue().Length;
                break;
            case ConditionValue condition:
                Add(condition.Operand, ref size);
                break;
            case ArrayValue list:
                foreach (var item in list.Values)
                {
                    Add(item, ref size);
                }

                break;
            case DictionaryValue members:
                AddMembers((IFluidIndexable)members.ToObjectValue(), ref size);
                break;
        }

        if (size > _left)
        {
            Spend(size);
        }
    }

    private void AddMembers(IFluidIndexable members, ref long size)
    {
        foreach (var name in members.Keys)
        {
            size += name.Length;
            if (members.TryGetValue(name, out var value))
            {
                Add(value, ref size);
            }
        }
    }

    private void CheckClock()
    {
        ct.ThrowIfCancellationRequested();
        if (time.GetElapsedTime(_began) > TimeLimit)
        {
            Stop($"takes more than {TimeLimit.TotalSeconds:0} seconds for one recipient's message");
        }
    }

    private void Stop(string limit)
    {
        Exceeded = limit;
        throw new InvalidOperationException("A limit of the rendering is reached.");
    }
}

/// <summary>The values of one rendering, with what it may still cost.</summary>
internal sealed class RenderContext(RenderBudget budget) : TemplateContext(TemplateLanguage.Options)
{
    public RenderBudget Budget => budget;
}
