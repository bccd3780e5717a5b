using Microsoft.Net.Http.Headers;

namespace Signify.Notifications.Web.Access;

/// <summary>What each answer tells the browser it may do: run and load what this host serves, nothing inline, framed by no one.</summary>
internal static class SecurityHeaders
{
    /// <summary>For <c>WithSecurityHeadersPolicy</c> on the body of a message, which somebody else may have written.</summary>
    public const string MessageFrame = "MessageFrame";

    public static void AddSecurityHeaders(this IServiceCollection services) =>
        services.AddSecurityHeaderPolicies().SetDefaultPolicy(Policy()).AddPolicy(MessageFrame, FramePolicy());

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

    /// <summary>
    /// A message's own HTML: it runs nothing, fetches nothing from anywhere, sends no form and leads nowhere, also when opened
    /// by itself. Its own inline styles are let through; they are what mail is written with, and touch nothing but the message.
    /// </summary>
    private static HeaderPolicyCollection FramePolicy() => new HeaderPolicyCollection()
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().None();
            csp.AddStyleSrc().UnsafeInline();
            csp.AddImgSrc().Data();
            csp.AddFormAction().None();
            csp.AddBaseUri().None();
            csp.AddFrameAncestors().Self();
            csp.AddSandbox();
        })
        .AddContentTypeOptionsNoSniff()
        .AddFrameOptionsSameOrigin()
        .AddReferrerPolicyNoReferrer()
        .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
        .RemoveServerHeader();

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
        // Messages are shown in sandboxed frames, under MessageFrame.
        csp.AddFrameSrc().Self();
        csp.AddFormAction().Self();
        csp.AddBaseUri().None();
        csp.AddFrameAncestors().None();
        csp.AddObjectSrc().None();
    }
}
