namespace Signify.Notifications.Sandbox.Faults;

/// <summary>The switches for every fault. Thread-safe; a fault holds until cleared, or for the next few times.</summary>
public sealed class SandboxFaults
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SmtpStage, Armed<SmtpFault>> _smtp = [];
    private Armed<HttpFault>? _token;
    private Armed<HttpFault>? _graph;

    /// <summary>Strikes so many times; with null, until <see cref="Clear"/>.</summary>
    public void Smtp(SmtpStage stage, SmtpFault fault, int? times = null)
    {
        lock (_gate)
        {
            _smtp[stage] = new(fault, times);
        }
    }

    public void Token(HttpFault fault, int? times = null)
    {
        lock (_gate)
        {
            _token = new(fault, times);
        }
    }

    public void Graph(HttpFault fault, int? times = null)
    {
        lock (_gate)
        {
            _graph = new(fault, times);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _smtp.Clear();
            _token = _graph = null;
        }
    }

    internal SmtpFault? TakeSmtp(SmtpStage stage)
    {
        lock (_gate)
        {
            return _smtp.GetValueOrDefault(stage)?.Take();
        }
    }

    internal HttpFault? TakeToken()
    {
        lock (_gate)
        {
            return _token?.Take();
        }
    }

    internal HttpFault? TakeGraph()
    {
        lock (_gate)
        {
            return _graph?.Take();
        }
    }

    private sealed class Armed<T>(T fault, int? times)
        where T : class
    {
        private int? _left = times;

        public T? Take()
        {
            if (_left is <= 0)
            {
                return null;
            }

            _left--;
            return fault;
        }
    }
}
