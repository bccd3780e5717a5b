using Microsoft.Net.Http.Headers;

namespace Signify.Notifications.Web.Access;

/// <summary>What each answer tells the browser it may do: run and load what this host serves, nothing inline, framed by no one.</summary>
internal static class SecurityHeaders
{
    public static void AddSecurityHeaders(this IServiceCollection services) =>
        services.AddSecurityHeaderPolicies().SetDefaultPolicy(Policy());

    public static void UseSecurityHeadersOnEverything(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                // Static files say themselves how long they keep. Nothing else may lie in a cache.
                if (!context.Response.Headers.ContainsKey(HeaderNames.CacheControl))
                {
                    context.Response.Headers.CacheControl = "no-store";
                }

                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    private static HeaderPolicyCollection Policy() => new HeaderPolicyCollection()
        .AddContentSecurityPolicy(Content)
        .AddContentTypeOptionsNoSniff()
        .AddFrameOptionsDeny()
        .AddReferrerPolicySameOrigin()
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
        .AddPermissionsPolicy(policy =>
        {
            // Only features that today's browsers know: an unknown one is an error on every page's console.
            policy.AddCamera().None();
            policy.AddMicrophone().None();
            policy.AddGeolocation().None();
            policy.AddPayment().None();
            policy.AddUsb().None();
            policy.AddMidi().None();
            policy.AddDisplayCapture().None();
            policy.AddPublickeyCredentialsGet().Self();
            policy.AddPublickeyCredentialsCreate().Self();
        })
        .RemoveServerHeader();

    private static void Content(CspBuilder csp)
    {
        csp.AddDefaultSrc().None();
        csp.AddScriptSrc().Self();
        csp.AddStyleSrc().Self();
        csp.AddImgSrc().Self().Data();
        csp.AddConnectSrc().Self();
        csp.AddFontSrc().Self();
        csp.AddManifestSrc().Self();
        // Messages are shown in sandboxed frames with their own text in srcdoc.
        csp.AddFrameSrc().Self();
        csp.AddFormAction().Self();
        csp.AddBaseUri().None();
        csp.AddFrameAncestors().None();
        csp.AddObjectSrc().None();
    }
}
