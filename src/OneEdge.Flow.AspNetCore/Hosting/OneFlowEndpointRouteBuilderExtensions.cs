using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OneEdge.Flow.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the paths of OneFlow.</summary>
public static class OneFlowEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the paths of OneFlow, and <c>/openapi.json</c>, <c>/health/live</c>, <c>/health/ready</c> and <c>/service/{id}/events</c>.
    /// Those that are not of OneFlow tell nothing of services without credentials.
    /// </summary>
    /// <param name="endpoints">Where they are mapped.</param>
    /// <param name="prefix">What stands before each path, such as <c>/oneflow</c>; nothing unless given, as clients of OneFlow expect.</param>
    /// <returns>All of them, for conventions such as host names and limits.</returns>
    /// <exception cref="InvalidOperationException"><c>AddOneFlowServer</c> was not called.</exception>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public static IEndpointConventionBuilder MapOneFlow(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        OneFlowServer server = endpoints.ServiceProvider.GetRequiredService<OneFlowServer>();
        RouteGroupBuilder group = endpoints.MapGroup(prefix);
        foreach (IGrouping<string, FlowRoute> path in FlowRoutes.All.GroupBy(r => r.Pattern, StringComparer.Ordinal))
        {
            foreach (FlowRoute route in path) group.MapMethods(route.Pattern, route.Methods, context => RequestShell.RunAsync(server, route, context));
            FlowRoute other = FlowRoute.OtherMethods(path.Key, [.. path.SelectMany(r => r.Methods)]);
            group.Map(path.Key, (RequestDelegate)(context => RequestShell.RunAsync(server, other, context)));
        }

        if (server.Options.AnswersUnknownPaths)
            group.Map("{**path}", (RequestDelegate)(context => RequestShell.RunAsync(server, FlowRoute.UnknownPath, context)));
        return group;
    }
}
