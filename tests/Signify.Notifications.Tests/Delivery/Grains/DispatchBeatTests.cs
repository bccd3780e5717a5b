using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Concurrency;
using Signify.Notifications.Delivery.Grains;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Grains;

/// <summary>Readiness counts a dispatcher as alive that answered, and no other.</summary>
public sealed class DispatchBeatTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dispatcher_that_hangs_is_not_alive_and_is_asked_again_until_it_answers()
    {
        var dispatcher = new Dispatcher();
        var engine = new EngineBeat(_time);
        using var lifetime = new TestLifetime();
        using var running = new RunningPumps(lifetime);
        using var service = new DispatchBeat(Grains.With(dispatcher), new HandInSignal(), running, engine, NoWaits(), _time,
            NullLogger<DispatchBeat>.Instance);

        await service.StartAsync(Ct);
        await UntilAsync(() => dispatcher.Asked >= 2);
        var hung = engine.Beats;
        dispatcher.Answers = true;
        await UntilAsync(() => engine.Beats);
        dispatcher.Answers = false;
        var asked = dispatcher.Asked;
        await UntilAsync(() => dispatcher.Asked >= asked + 3);
        await service.StopAsync(Ct);

        Assert.False(hung);
        Assert.False(engine.Beats);
    }

    /// <summary>Orleans completes a one-way call before anything has received it.</summary>
    [Fact]
    public void The_beat_is_a_call_with_an_answer() =>
        Assert.Null(typeof(IDispatcherGrain).GetMethod(nameof(IDispatcherGrain.BeatAsync))!.GetCustomAttribute<OneWayAttribute>());

    private MailboxStates NoWaits() => new(null!, WriteTurn.AllAtOnce(), null!, new DeliverySignals(), _time);

    private async Task UntilAsync(Func<bool> reached)
    {
        while (!reached())
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Run(Thread.Yield, Ct);
        }
    }

    private sealed class Dispatcher : IDispatcherGrain
    {
        private int _asked;

        public bool Answers { get; set; }

        public int Asked => Volatile.Read(ref _asked);

        public Task BeatAsync()
        {
            Interlocked.Increment(ref _asked);
            return Answers ? Task.CompletedTask : new TaskCompletionSource().Task;
        }
    }

    /// <summary>A grain factory that knows one grain.</summary>
    public class Grains : DispatchProxy
    {
        private object? _grain;

        internal static IGrainFactory With(object grain)
        {
            var factory = Create<IGrainFactory, Grains>();
            ((Grains)factory)._grain = grain;
            return factory;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _grain;
    }
}
