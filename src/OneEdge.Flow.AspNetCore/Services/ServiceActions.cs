using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary><c>POST /service/{id}/action</c>, and what else is asked of a service as a whole.</summary>
internal static class ServiceActions
{
    public static async Task<Answer> PerformAsync(FlowRequest request)
    {
        ActionRequest action = await ActionRequest.ReadAsync(request).ConfigureAwait(false);
        Parameters parameters = action.Parameters;
        Task done = action.Perform switch
        {
            "recover" => RecoverAsync(request, parameters),
            "chown" => ChownAsync(request, parameters),
            "chgrp" => ChgrpAsync(request, parameters),
            "chmod" => ChmodAsync(request, parameters),
            "rename" => RenameAsync(request, parameters),
            "release" => ReleaseAsync(request),
            _ => RoleActions.PlanAsync(request, null, action),
        };
        await done.ConfigureAwait(false);
        return EmptyAnswer.Done;
    }

    public static async Task<Answer> UndeployAsync(FlowRequest request)
    {
        Document service = await CallerDocuments.FindManagedAsync(request, DocumentType.Service).ConfigureAwait(false);
        await request.Engine.UndeployAsync(service.Id, request.Gone).ConfigureAwait(false);
        return EmptyAnswer.Done;
    }

    private static async Task RecoverAsync(FlowRequest request, Parameters parameters)
    {
        RecoveryMode mode = parameters.Flag("delete") ? RecoveryMode.Delete : parameters.Flag("force") ? RecoveryMode.Force : RecoveryMode.Retry;
        Document service = await CallerDocuments.FindManagedAsync(request, DocumentType.Service).ConfigureAwait(false);
        await request.Engine.RecoverAsync(service.Id, mode, request.Gone).ConfigureAwait(false);
    }

    private static async Task ChownAsync(FlowRequest request, Parameters parameters)
    {
        Document service = await CallerDocuments.FindAsync(request, DocumentType.Service).ConfigureAwait(false);
        int owner = OwnershipParameters.Owner(parameters);
        int? group = OwnershipParameters.GroupOrSame(parameters);
        await request.Engine.ChownAsync(service.Id, owner, group, request.Caller.Owner, request.Gone).ConfigureAwait(false);
    }

    private static async Task ChgrpAsync(FlowRequest request, Parameters parameters)
    {
        Document service = await CallerDocuments.FindAsync(request, DocumentType.Service).ConfigureAwait(false);
        int group = OwnershipParameters.Group(parameters);
        await request.Engine.ChownAsync(service.Id, null, group, request.Caller.Owner, request.Gone).ConfigureAwait(false);
    }

    private static async Task ChmodAsync(FlowRequest request, Parameters parameters)
    {
        Document service = await CallerDocuments.FindAsync(request, DocumentType.Service).ConfigureAwait(false);
        PermissionChange change = OwnershipParameters.Permissions(parameters);
        await request.Engine.ChmodAsync(service.Id, change, request.Caller.Owner, request.Gone).ConfigureAwait(false);
    }

    private static async Task RenameAsync(FlowRequest request, Parameters parameters)
    {
        Document service = await CallerDocuments.FindAsync(request, DocumentType.Service).ConfigureAwait(false);
        string name = OwnershipParameters.Name(parameters);
        await request.Engine.RenameAsync(service.Id, name, request.Caller.Owner, request.Gone).ConfigureAwait(false);
    }

    private static async Task ReleaseAsync(FlowRequest request)
    {
        Document service = await CallerDocuments.FindManagedAsync(request, DocumentType.Service).ConfigureAwait(false);
        await request.Engine.ReleaseAsync(service.Id, request.Gone).ConfigureAwait(false);
    }
}
