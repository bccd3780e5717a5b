using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Signify.Notifications.Tests.RepairKit;

/// <summary>A real PowerShell whose Exchange commands are written down in place of being carried out.</summary>
internal sealed class PretendExchange : IDisposable
{
    private static readonly string[] Commands =
    [
        "Connect-ExchangeOnline", "Get-ServicePrincipal", "New-ServicePrincipal", "Remove-ServicePrincipal", "Add-MailboxPermission", "Get-MailboxPermission",
        "Remove-MailboxPermission", "Add-RecipientPermission", "Get-RecipientPermission", "Remove-RecipientPermission", "Get-ManagementScope", "New-ManagementScope",
        "Remove-ManagementScope", "Get-ManagementRoleAssignment", "New-ManagementRoleAssignment", "Remove-ManagementRoleAssignment",
        "Test-ServicePrincipalAuthorization", "Set-CASMailbox", "Get-CASMailbox", "Get-TransportConfig", "Set-Mailbox", "Get-Mailbox", "Get-Group",
        "Format-List", "Format-Table", "Write-Host", "Read-Host", "Get-Module",
    ];

    private readonly PowerShell _shell;
    private readonly List<PretendCall> _calls = [];

    public PretendExchange()
    {
        var state = InitialSessionState.CreateDefault2();
        state.Variables.Add(new SessionStateVariableEntry("Pretend", this, ""));
        foreach (var name in Commands)
        {
            state.Commands.Add(new SessionStateFunctionEntry(name, $"$Pretend.Call('{name}', $args)"));
        }

        _shell = PowerShell.Create(state);
    }

    public IReadOnlyList<PretendCall> Calls => _calls;

    /// <summary>The commands that change something, in order.</summary>
    public IEnumerable<string> Changes => _calls.Select(c => c.Name).Where(n => n.Split('-')[0] is "New" or "Add" or "Set" or "Remove");

    /// <summary>What a command answers; those not in it answer nothing.</summary>
    public Dictionary<string, Func<PretendCall, object?>> Answers { get; } = [];

    public IReadOnlyList<string> Errors { get; private set; } = [];

    public void Run(string script)
    {
        _shell.Commands.Clear();
        _shell.AddScript(script);
        try
        {
            _shell.Invoke();
            Errors = [.. _shell.Streams.Error.Select(e => e.ToString())];
        }
        catch (RuntimeException ex)
        {
            Errors = [ex.Message];
        }
    }

    /// <summary>For the functions above.</summary>
    public object? Call(string name, object?[] args)
    {
        var call = new PretendCall(name, args);
        _calls.Add(call);
        return Answers.GetValueOrDefault(name)?.Invoke(call);
    }

    public static PSObject Thing(params (string Name, string Value)[] properties)
    {
        var thing = new PSObject();
        foreach (var (name, value) in properties)
        {
            thing.Properties.Add(new PSNoteProperty(name, value));
        }

        return thing;
    }

    public void Dispose() => _shell.Dispose();
}

/// <param name="Args">As PowerShell hands them over: <c>-Identity</c>, its value, and so on.</param>
internal sealed record PretendCall(string Name, IReadOnlyList<object?> Args)
{
    public string? this[string parameter]
    {
        get
        {
            for (var i = 0; i + 1 < Args.Count; i++)
            {
                if (string.Equals(Args[i]?.ToString()?.TrimEnd(':'), "-" + parameter, StringComparison.OrdinalIgnoreCase))
                {
                    return Args[i + 1]?.ToString();
                }
            }

            return null;
        }
    }
}
