namespace Signify.Notifications.Sandbox.Faults;

/// <summary>The switches for every stage. Thread-safe; a fault holds until cleared, or for the next few times.</summary>
/// <param name="random">Decides about faults that strike sometimes; a seeded one makes a run repeatable.</param>
public sealed class SandboxFaults(Random? random = null)
{
    private readonly Lock _gate = new();
    private readonly Random _random = random ?? Random.Shared;
    private readonly SortedDictionary<SmtpStage, Armed<SmtpFault>> _smtp = [];
    private readonly SortedDictionary<HttpPlace, Armed<HttpFault>> _http = [];

    /// <summary>What is armed, in the order in which a client comes by.</summary>
    public IReadOnlyList<ArmedFault> All
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _http.Select(f => new ArmedFault($"{f.Key}", f.Value.Fault.ToString(), f.Value.Left, f.Value.Percent, f.Value.Struck)),
                    .. _smtp.Select(f => new ArmedFault($"{f.Key}", f.Value.Fault.ToString(), f.Value.Left, f.Value.Percent, f.Value.Struck)),
                ];
            }
        }
    }

    /// <summary>Takes the place of what was armed at this stage.</summary>
    /// <param name="times">How often it may strike; null: until <see cref="Clear"/>.</param>
    /// <param name="percent">How likely it strikes each time, 1 to 100.</param>
    public void Smtp(SmtpStage stage, SmtpFault fault, int? times = null, int percent = 100)
    {
        lock (_gate)
        {
            _smtp[stage] = new(fault, times, Checked(percent), _random);
        }
    }

    /// <inheritdoc cref="Smtp"/>
    public void Http(HttpPlace place, HttpFault fault, int? times = null, int percent = 100)
    {
        lock (_gate)
        {
            _http[place] = new(fault, times, Checked(percent), _random);
        }
    }

    public void Token(HttpFault fault, int? times = null) => Http(HttpPlace.Token, fault, times);

    public void Graph(HttpFault fault, int? times = null) => Http(HttpPlace.Graph, fault, times);

    public void Clear()
    {
        lock (_gate)
        {
            _smtp.Clear();
            _http.Clear();
        }
    }

    /// <param name="place">A name of <see cref="SmtpStage"/> or <see cref="HttpPlace"/>; any other changes nothing.</param>
    public void Disarm(string place)
    {
        lock (_gate)
        {
            if (Enum.TryParse<SmtpStage>(place, out var stage))
            {
                _smtp.Remove(stage);
            }
            else if (Enum.TryParse<HttpPlace>(place, out var http))
            {
                _http.Remove(http);
            }
        }
    }

    internal SmtpFault? TakeSmtp(SmtpStage stage)
    {
        lock (_gate)
        {
            return _smtp.GetValueOrDefault(stage)?.Take();
        }
    }

    internal HttpFault? TakeHttp(HttpPlace place)
    {
        lock (_gate)
        {
            return _http.GetValueOrDefault(place)?.Take();
        }
    }

    private static int Checked(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        return percent;
    }
}
