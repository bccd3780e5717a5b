using Signify.Notifications.Findings;
using Signify.Notifications.Network;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>Runs the steps of one check: bounds and times each, and shows it while it runs.</summary>
internal sealed class CheckBoard(CheckProgress progress, TimeProvider time, ServerWords words, CancellationToken overall, CancellationToken stopped)
{
    private const int TranscriptLimit = 16_000;

    public CheckStep this[StepName name] => progress.Report.Steps.First(s => s.Name == name);

    /// <returns>Null when the step failed: what it found is on the board.</returns>
    public async Task<T?> RunAsync<T>(StepName name, TimeSpan limit, Func<Finding> timedOut, Func<CancellationToken, Task<StepResult<T>>> step)
        where T : class
    {
        var started = time.GetTimestamp();
        Show(new CheckStep(name, StepState.Running));
        using var bound = new CancellationTokenSource(limit, time);
        using var ct = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, overall);
        try
        {
            var result = await step(ct.Token);
            Show(new CheckStep(name, result.Warnings.Count > 0 ? StepState.Warning : StepState.Passed)
            {
                Duration = time.GetElapsedTime(started),
                Summary = result.Summary,
                Evidence = result.Evidence,
                Findings = result.Warnings,
            });
            return result.Value;
        }
        catch (TransportUnavailableException ex)
        {
            Fail(name, started, ex.Findings, ex.Evidence);
        }
        catch (OperationCanceledException ex) when (!stopped.IsCancellationRequested)
        {
            Fail(name, started, [timedOut()], (ex as ConnectCanceledException)?.Evidence);
        }

        return null;
    }

    /// <summary>A question beside the steps, whose answer would help and whose lack does no harm.</summary>
    /// <returns>Null when there was no answer in time.</returns>
    public async Task<T?> AskAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T?>> question)
        where T : class
    {
        using var bound = new CancellationTokenSource(limit, time);
        using var ct = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, overall);
        try
        {
            return await question(ct.Token);
        }
        catch (TransportUnavailableException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!stopped.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Keeps a token that has just come off the board.</summary>
    public void Forbid(SecretText token) => words.Forbid(token.Reveal());

    public void Skip(StepName name, string why) => Show(new CheckStep(name, StepState.Skipped) { Summary = why });

    public void Show(CheckStep step) => progress.Set(step with
    {
        Summary = words.Clean(step.Summary),
        Evidence = step.Evidence is null ? null : words.Clean(step.Evidence),
        Findings = [.. step.Findings.Select(words.Clean)],
    });

    /// <summary>Keeps what was said with the mail server.</summary>
    public void Keep(string transcript)
    {
        if (transcript.Length > 0)
        {
            progress.Keep(words.Clean(transcript, TranscriptLimit));
        }
    }

    /// <summary>Lowers a failed step to a warning: its road was not asked for, or another one works.</summary>
    public void Excuse(StepName name)
    {
        var step = this[name];
        if (step.State == StepState.Failed)
        {
            Show(step with { State = StepState.Warning, Findings = [.. step.Findings.Select(f => f.AsWarning())] });
        }
    }

    private void Fail(StepName name, long started, IReadOnlyList<Finding> findings, string? evidence) => Show(new CheckStep(name, StepState.Failed)
    {
        Duration = time.GetElapsedTime(started),
        Summary = findings[0].Message,
        Evidence = evidence,
        Findings = findings,
    });
}
