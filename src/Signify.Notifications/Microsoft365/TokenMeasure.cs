using System.Diagnostics;
using Signify.Notifications.Findings;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Microsoft365;

/// <summary>One request for a token as traces and numbers show it. The tenant is part of its address, and so none is told.</summary>
internal static class TokenMeasure
{
    public static async Task<AccessToken> OfAsync(Instruments instruments, TimeProvider time, string host, TokenResource resource, Func<Task<AccessToken>> acquire)
    {
        using var span = Tracing.Child(SpanNames.Token, ActivityKind.Client);
        var word = resource == TokenResource.Graph ? "graph" : "exchange";
        span?.SetTag(Tags.Server, host).SetTag(Tags.TokenResource, word);
        var began = time.GetTimestamp();
        string? error = Tags.Cancelled;
        try
        {
            var token = await acquire();
            error = null;
            return token;
        }
        catch (TransportUnavailableException ex)
        {
            error = Tags.Of(ex.Findings[0].Code);
            throw;
        }
        finally
        {
            Record(instruments, time.GetElapsedTime(began), word, error);
            if (error is not null)
            {
                span?.Fail(error);
            }
        }
    }

    private static void Record(Instruments instruments, TimeSpan took, string resource, string? error)
    {
        var tags = new TagList { { Tags.TokenResource, resource } };
        if (error is not null)
        {
            tags.Add(Tags.Error, error);
        }

        instruments.TokenDuration.Record(took.TotalSeconds, in tags);
    }
}
