namespace Signify.Notifications.Sandbox.Faults;

internal static class HttpFaultAnswer
{
    /// <summary>True: the request is answered, or never will be. False: go on as usual.</summary>
    public static async Task<bool> StrikeAsync(HttpContext context, HttpFault? fault, TimeProvider time)
    {
        if (fault is null)
        {
            return false;
        }

        if (fault.Stall)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted);
        }

        await Task.Delay(fault.Delay, time, context.RequestAborted);
        if (fault.Drop)
        {
            context.Abort();
            return true;
        }

        return fault.Status is { } status && await AnswerAsync(context, fault, status);
    }

    private static async Task<bool> AnswerAsync(HttpContext context, HttpFault fault, int status)
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in fault.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (fault.Body.Length > 0)
        {
            context.Response.ContentType = fault.ContentType;
            await context.Response.WriteAsync(fault.Body, context.RequestAborted);
        }

        return true;
    }
}
