using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Signify.Notifications.Web.Tests.Hosting;

/// <summary>Every request comes from this address.</summary>
internal sealed class CameFrom(IPAddress address) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((HttpContext context, RequestDelegate then) =>
        {
            context.Connection.RemoteIpAddress = address;
            return then(context);
        });
        next(app);
    };
}
