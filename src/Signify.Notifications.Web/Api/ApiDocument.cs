using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Signify.Notifications.Web.Api;

/// <summary>What the OpenAPI document says beyond the calls themselves.</summary>
internal static class ApiDocument
{
    private const string Scheme = "apiKey";

    public static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = call => call.RelativePath?.StartsWith("api/v1", StringComparison.OrdinalIgnoreCase) ?? false;
        // Durations travel as whole milliseconds, which the exporter cannot see through their converter.
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(TimeSpan))
            {
                (schema.Type, schema.Format) = (JsonSchemaType.Integer, "int64");
            }

            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Signify Notifications",
                Version = "v1",
                Description = "Settings of a ruleset's notifications. Errors are RFC 9457 problem details; times are ISO 8601 in UTC.",
            };
            // The address depends on where the document is read from: a relative one is right everywhere.
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key, made under Gear, Access, API keys.",
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            return Task.CompletedTask;
        });
    }
}
