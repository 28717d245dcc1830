using Microsoft.AspNetCore.Http;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>Every path with its methods: what is mapped, and what the OpenAPI document has.</summary>
internal static class FlowRoutes
{
    private const int Ok = StatusCodes.Status200OK;
    private const int Created = StatusCodes.Status201Created;

    public static IReadOnlyList<FlowRoute> All { get; } = [.. Services(), .. Roles(), .. Templates(), .. Own()];

    private static IEnumerable<FlowRoute> Services() =>
    [
        new("GET", "/service", r => CallerDocuments.ListAsync(r, DocumentType.Service))
            { Operation = "listServices", Summary = "The services that the caller may use.", Success = Ok, Result = "DocumentPool" },
        new("GET", "/service/{id}", r => CallerDocuments.ShowAsync(r, r.Id, DocumentType.Service, Ok))
            { Operation = "showService", Summary = "A service.", Success = Ok, Result = "Document" },
        new("PUT", "/service/{id}", ServiceUpdates.UpdateAsync)
            { Operation = "updateService", Summary = "Changes policies, limits and texts of a service.", Body = "ServiceUpdate" },
        new("DELETE", "/service/{id}", ServiceActions.UndeployAsync)
            { Operation = "undeployService", Summary = "Removes a service with all that belongs to it." },
        new("POST", "/service/{id}/action", ServiceActions.PerformAsync)
        {
            Operation = "performServiceAction",
            Summary = "recover, chown, chgrp, chmod, rename, release, or an action for the virtual machines of all roles.",
            Body = "Action",
        },
        new("DELETE", "/service/{id}/sched_action/{action}", ScheduledActions.DeleteOfServiceAsync)
            { Operation = "deleteServiceScheduledAction", Summary = "Takes back a planned action of all virtual machines (7.4)." },
        new("POST", "/service_pool/purge_done", ServicePurge.PurgeAsync)
            { Operation = "purgeDoneServices", Summary = "Deletes the documents of services in DONE.", Body = "Empty", IsBodyOptional = true },
    ];

    private static IEnumerable<FlowRoute> Roles() =>
    [
        new("POST", "/service/{id}/scale", RoleActions.ScaleAsync)
            { Operation = "scaleRole", Summary = "Gives a role another number of virtual machines.", Body = "Scale" },
        new("POST", "/service/{id}/role_action", RoleActions.ChangeAsync)
            { Operation = "changeRoles", Summary = "add_role or remove_role.", Body = "Action" },
        new("POST", "/service/{id}/role/{role}/action", RoleActions.PerformAsync)
            { Operation = "performRoleAction", Summary = "An action for the virtual machines of a role.", Body = "Action" },
        new("DELETE", "/service/{id}/role/{role}/sched_action/{action}", ScheduledActions.DeleteOfRoleAsync)
            { Operation = "deleteRoleScheduledAction", Summary = "Takes back a planned action of the virtual machines of a role (7.4)." },
    ];

    private static IEnumerable<FlowRoute> Templates() =>
    [
        new("GET", "/service_template", r => CallerDocuments.ListAsync(r, DocumentType.ServiceTemplate))
            { Operation = "listServiceTemplates", Summary = "The service templates that the caller may use.", Success = Ok, Result = "DocumentPool" },
        new("POST", "/service_template", TemplateRequests.CreateAsync)
            { Operation = "createServiceTemplate", Summary = "A new service template.", Body = "ServiceTemplate", Success = Created, Result = "Document" },
        new("GET", "/service_template/{id}", r => CallerDocuments.ShowAsync(r, r.Id, DocumentType.ServiceTemplate, Ok))
            { Operation = "showServiceTemplate", Summary = "A service template.", Success = Ok, Result = "Document" },
        new("PUT", "/service_template/{id}", TemplateRequests.UpdateAsync)
            { Operation = "updateServiceTemplate", Summary = "Replaces a service template.", Body = "ServiceTemplate", Success = Ok, Result = "Document" },
        new("DELETE", "/service_template/{id}", TemplateRequests.DeleteAsync)
        {
            Operation = "deleteServiceTemplate",
            Summary = "Deletes a service template; with templates of virtual machines, and their images, when asked to.",
            Body = "Delete",
            IsBodyOptional = true,
        },
        new("POST", "/service_template/{id}/action", TemplateActions.PerformAsync)
        {
            Operation = "performServiceTemplateAction",
            Summary = "instantiate, clone (201 with the new document), update, chown, chgrp, chmod, rename (204).",
            Body = "Action",
            MayBeEmpty = true,
            Success = Created,
            Result = "Document",
        },
    ];

    // Those that OneFlow has not.
    private static IEnumerable<FlowRoute> Own() =>
    [
        new("GET", "/service/{id}/events", ServiceEvents.StreamAsync)
        {
            Operation = "watchService",
            Summary = "What happens to a service: server-sent events, first a snapshot.",
            Success = Ok,
            Result = "Event",
            ResultType = "text/event-stream",
            IsStream = true,
        },
        new("GET", "/openapi.json", OpenApiRequests.ShowAsync)
            { Operation = "showOpenApi", Summary = "This document.", Success = Ok, Result = "OpenApi", IsOpen = true },
        new("GET", "/health/live", HealthRequests.LiveAsync)
            { Operation = "isAlive", Summary = "Whether the server answers.", Success = Ok, Result = "Health", IsOpen = true },
        new("GET", "/health/ready", HealthRequests.ReadyAsync)
            { Operation = "isReady", Summary = "Whether engine and cloud work; 503 when not.", Success = Ok, Result = "Health", IsOpen = true },
    ];
}
