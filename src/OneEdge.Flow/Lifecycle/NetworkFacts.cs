namespace OneEdge.Flow.Lifecycle;

/// <summary>Writes down what happened to networks.</summary>
internal static class NetworkFacts
{
    public static void Take(Turn turn, ServiceEvent happened)
    {
        switch (happened)
        {
            case NetworkCreated e when NetworkSettling.Find(turn.Service, e.Name) is >= 0 and var index:
                NetworkSettling.Set(turn, index, turn.Service.Networks[index] with { NetworkId = e.NetworkId, IsOrdered = false, Error = null });
                break;
            case NetworkCreationFailed e when NetworkSettling.Find(turn.Service, e.Name) is >= 0 and var index:
                CreationFailed(turn, index, e);
                break;
            case NetworkObserved e when NetworkSettling.Find(turn.Service, e.NetworkId) is >= 0 and var index:
                Observe(turn, index, e.Condition);
                break;
            case NetworkDeletionRefused e when NetworkSettling.Find(turn.Service, e.NetworkId) is >= 0 and var index:
                turn.Log("E", $"Network {turn.Service.Networks[index].Name} ({e.NetworkId}) could not be deleted; {e.Error}");
                NetworkSettling.Set(turn, index, turn.Service.Networks[index] with { Error = e.Error, IsLeaving = false });
                break;
            default:
                break;
        }
    }

    public static void Observe(Turn turn, int index, NetworkCondition condition)
    {
        ServiceNetwork network = turn.Service.Networks[index];

        // One that shall go and is said to be ready: the event is late.
        if (network.IsLeaving && condition == NetworkCondition.Ready) return;
        if (network.Condition != condition) NetworkSettling.SetUnsaved(turn, index, network with { Condition = condition });
    }

    private static void CreationFailed(Turn turn, int index, NetworkCreationFailed failed)
    {
        ServiceNetwork network = turn.Service.Networks[index] with { IsOrdered = false };
        if (failed.IsUncertain)
        {
            NetworkSettling.SetUnsaved(turn, index, network);
            turn.RequireReading();
            return;
        }

        turn.Log("E", $"Network {network.Name} could not be created; {failed.Error}");
        NetworkSettling.Set(turn, index, network with { Error = failed.Error });
    }
}
