using System.Diagnostics.CodeAnalysis;

namespace OneEdge.Flow.Client;

/// <summary>What is done often with a OneFlow server.</summary>
public static class OneFlowClientExtensions
{
    /// <summary>Stores a template that was checked here.</summary>
    /// <param name="templates">The templates of a server.</param>
    /// <param name="template">The template.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The template as it is stored.</returns>
    public static Task<OneFlowTemplate> CreateAsync(
        this IOneFlowTemplates templates, ServiceTemplate template, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(templates);
        ArgumentNullException.ThrowIfNull(template);
        return templates.CreateAsync(template.ToJson(), cancellationToken);
    }

    /// <summary>Adds a role that was checked here.</summary>
    /// <param name="services">The services of a server.</param>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="role">The role.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public static Task AddRoleAsync(this IOneFlowServices services, int serviceId, RoleTemplate role, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(role);
        return services.AddRoleAsync(serviceId, role.ToJson(), cancellationToken);
    }

    /// <summary>Waits until a service is in one of some states. <see cref="ServiceState.Done"/> is reached when it is gone.</summary>
    /// <param name="services">The services of a server.</param>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="states">The states.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The state that was reached.</returns>
    /// <exception cref="FlowException">The service went and nobody waited for that (<see cref="FlowErrorCodes.ClientServiceGone"/>).</exception>
    public static async Task<ServiceState> WaitForAsync(
        this IOneFlowServices services, int serviceId, IReadOnlyCollection<ServiceState> states, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(states);
        await foreach (ServiceNotification notification in services.WatchAsync(serviceId, cancellationToken).ConfigureAwait(false))
        {
            if (notification is ServiceStateNotification { State: var state } && states.Contains(state)) return state;
        }

        return states.Contains(ServiceState.Done) ? ServiceState.Done : throw Gone(serviceId, states);
    }

    [SuppressMessage("Globalization", "CA1305", Justification = "The id is not negative.")]
    private static FlowException Gone(int serviceId, IEnumerable<ServiceState> states) => new(
        FlowErrorCodes.ClientServiceGone, $"Service {serviceId} is gone and was never seen in {string.Join(" or ", states.Select(StateNames.Of))}.");
}
