namespace OneEdge.Storage.Replicas;

/// <summary>Decides what an action does: a pure function of the request, of what was seen on hosts, and of the settings.</summary>
public static class TransferPlanner
{
    /// <summary>Plans an action.</summary>
    /// <param name="request">The action.</param>
    /// <param name="observations">What was looked up on hosts.</param>
    /// <param name="settings">The place.</param>
    /// <exception cref="StorageException">The request is incomplete, or the action is not possible.</exception>
    public static TransferPlan Plan(TransferRequest request, TransferObservations observations, TransferSettings settings)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observations);
        ArgumentNullException.ThrowIfNull(settings);
        var context = new PlanningContext(request, observations, settings);
        return request.Action switch
        {
            TransferAction.Clone or TransferAction.Ln => ClonePlanner.Plan(context),
            TransferAction.Mv => MovePlanner.Plan(context),
            TransferAction.Mvds => SavePlanner.PlanBack(context),
            TransferAction.Cpds => SavePlanner.PlanAs(context),
            TransferAction.SnapCreate => SnapshotPlanner.PlanCreate(context, isLive: false),
            TransferAction.SnapCreateLive => SnapshotPlanner.PlanCreate(context, isLive: true),
            TransferAction.SnapDelete => SnapshotPlanner.PlanDelete(context),
            TransferAction.SnapRevert => SnapshotPlanner.PlanRevert(context),
            TransferAction.Resize => ResizePlanner.Plan(context),
            TransferAction.Delete => DeletePlanner.Plan(context),
            TransferAction.PreMigrate or TransferAction.PostMigrate or TransferAction.FailMigrate => MigrationPlanner.Plan(context),
            TransferAction.MkImage or TransferAction.MkSwap => ImagePlanner.Plan(context),
            _ => throw new StorageException(StorageErrorCodes.TransferArguments, $"There is no action {request.Action}."),
        };
    }
}
