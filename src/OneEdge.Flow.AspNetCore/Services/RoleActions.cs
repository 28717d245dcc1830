using System.Text;
using System.Text.Json;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>What is asked of roles: to scale, to do something with their virtual machines, to be added or removed.</summary>
internal static class RoleActions
{
    /// <summary><c>POST /service/{id}/scale</c></summary>
    public static async Task<Answer> ScaleAsync(FlowRequest request)
    {
        var body = new Parameters(await RequestBody.ReadObjectAsync(request).ConfigureAwait(false));
        Document service = await CallerDocuments.FindManagedAsync(request, DocumentType.Service).ConfigureAwait(false);
        string role = body.Text("role_name") ?? throw AnswerException.BadParameter("Action scale: You have to specify a role_name");
        int cardinality = body.Number("cardinality") ?? throw AnswerException.BadParameter("Action scale: You have to specify a cardinality");
        await request.Engine.ScaleAsync(service.Id, role, cardinality, body.Flag("force"), request.Gone).ConfigureAwait(false);
        return EmptyAnswer.Done;
    }

    /// <summary><c>POST /service/{id}/role/{role}/action</c></summary>
    public static async Task<Answer> PerformAsync(FlowRequest request)
    {
        ActionRequest action = await ActionRequest.ReadAsync(request).ConfigureAwait(false);
        await PlanAsync(request, request.Part("role"), action).ConfigureAwait(false);
        return EmptyAnswer.Done;
    }

    /// <summary>Plans an action for the virtual machines of a role, or of all.</summary>
    public static async Task PlanAsync(FlowRequest request, string? role, ActionRequest action)
    {
        int period = action.Parameters.Number("period") ?? (int)request.Options.ActionPeriod.TotalSeconds;
        int number = action.Parameters.Number("number") ?? request.Options.ActionNumber;
        string? arguments = action.Parameters.Text("args");
        Document service = await CallerDocuments.FindManagedAsync(request, DocumentType.Service).ConfigureAwait(false);
        var planned = new RoleActionRequested(role, action.Perform, arguments, TimeSpan.FromSeconds(period), number);
        await request.Engine.RoleActionAsync(service.Id, planned, request.Gone).ConfigureAwait(false);
    }

    /// <summary><c>POST /service/{id}/role_action</c></summary>
    public static async Task<Answer> ChangeAsync(FlowRequest request)
    {
        ActionRequest action = await ActionRequest.ReadAsync(request).ConfigureAwait(false);
        if (action.Perform == "add_role") await AddAsync(request, action.Parameters).ConfigureAwait(false);
        else if (action.Perform == "remove_role") await RemoveAsync(request, action.Parameters).ConfigureAwait(false);
        else throw AnswerException.UnknownAction(action.Perform);
        return EmptyAnswer.Done;
    }

    private static async Task AddAsync(FlowRequest request, Parameters parameters)
    {
        JsonElement given = parameters.Find("role") ?? throw AnswerException.BadParameter("Action add_role: You have to specify a role");
        string text = given.ValueKind == JsonValueKind.String ? JsonValues.TextOf(given, "role") : given.GetRawText();
        Document service = await CallerDocuments.FindManagedAsync(request, DocumentType.Service).ConfigureAwait(false);
        var role = RoleTemplate.Parse(Encoding.UTF8.GetBytes(text), request.Options.Templates);
        await request.Engine.AddRoleAsync(service.Id, role, request.Gone).ConfigureAwait(false);
    }

    private static async Task RemoveAsync(FlowRequest request, Parameters parameters)
    {
        string role = parameters.Text("role") ?? throw AnswerException.BadParameter("Action remove_role: You have to specify a role");
        Document service = await CallerDocuments.FindManagedAsync(request, DocumentType.Service).ConfigureAwait(false);
        await request.Engine.RemoveRoleAsync(service.Id, role, request.Gone).ConfigureAwait(false);
    }
}
