using System.Globalization;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>Takes actions back that were planned for virtual machines, as OneFlow 7.4: <c>DELETE .../sched_action/{action}</c>.</summary>
internal static class ScheduledActions
{
    public static Task<Answer> DeleteOfServiceAsync(FlowRequest request) => DeleteAsync(request, null);

    public static Task<Answer> DeleteOfRoleAsync(FlowRequest request) => DeleteAsync(request, request.Part("role"));

    private static async Task<Answer> DeleteAsync(FlowRequest request, string? roleName)
    {
        if (!int.TryParse(request.Part("action"), NumberStyles.None, CultureInfo.InvariantCulture, out int action))
            throw AnswerException.BadParameter("Sched action ID must be an integer number");
        Document document = await CallerDocuments.FindManagedAsync(request, DocumentType.Service).ConfigureAwait(false);
        Service service = await request.Engine.GetAsync(document.Id).ConfigureAwait(false);
        Role[] roles = [.. service.Roles.Where(r => roleName is null || r.Name == roleName)];
        if (roles.Length == 0 && roleName is not null)
            throw AnswerException.Of(404, $"Role '{roleName}' not found", FlowErrorCodes.RoleNotFound);
        foreach (RoleNode node in roles.SelectMany(r => r.Nodes)) await DeleteAsync(request, node.VmId, action).ConfigureAwait(false);
        return EmptyAnswer.Done;
    }

    private static async Task DeleteAsync(FlowRequest request, int vmId, int action)
    {
        try
        {
            await request.Cloud.VirtualMachines.DeleteScheduledActionAsync(vmId, action, request.Gone).ConfigureAwait(false);
        }
        catch (OpenNebulaCallException error) when (error.Kind is not OpenNebulaErrorKind.Authorization and not OpenNebulaErrorKind.Authentication)
        {
            // This machine has no such action, or is gone; others may have it.
        }
    }
}
