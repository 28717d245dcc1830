namespace OneEdge.Flow.Lifecycle;

/// <summary>The networks of a service: made before its roles, deleted after them.</summary>
internal static class NetworkSettling
{
    public static bool AreReady(Service service)
    {
        foreach (ServiceNetwork network in service.Networks)
        {
            if (network.IsOwned && (network.NetworkId is null || network.Condition != NetworkCondition.Ready)) return false;
        }

        return true;
    }

    /// <summary>Orders the networks that are missing.</summary>
    public static bool Create(Turn turn)
    {
        bool hasChanged = false;
        for (int i = 0; i < turn.Service.Networks.Length; i++)
        {
            ServiceNetwork network = turn.Service.Networks[i];
            if (!network.IsOwned || network.NetworkId is not null || network.IsOrdered || network.Error is not null) continue;
            turn.Order(new CreateNetwork(network.Name));
            SetUnsaved(turn, i, network with { IsOrdered = true });
            hasChanged = true;
        }

        return hasChanged;
    }

    /// <summary>Orders the deletion of the networks that the service made.</summary>
    /// <returns>Whether all are gone.</returns>
    public static bool Delete(Turn turn)
    {
        bool areGone = true;
        for (int i = 0; i < turn.Service.Networks.Length; i++)
        {
            ServiceNetwork network = turn.Service.Networks[i];
            if (!network.IsOwned || network.Condition == NetworkCondition.Gone || network is { NetworkId: null, IsOrdered: false }) continue;
            areGone = false;
            if (network.IsOrdered || network.IsLeaving || network.Error is not null) continue;
            turn.Order(new DeleteNetwork(network.NetworkId!.Value));
            SetUnsaved(turn, i, network with { IsLeaving = true, Condition = NetworkCondition.Busy });
        }

        return areGone;
    }

    public static void Set(Turn turn, int index, ServiceNetwork network) =>
        turn.Set(turn.Service with { Networks = turn.Service.Networks.SetItem(index, network) });

    public static void SetUnsaved(Turn turn, int index, ServiceNetwork network) =>
        turn.SetUnsaved(turn.Service with { Networks = turn.Service.Networks.SetItem(index, network) });

    public static int Find(Service service, string name)
    {
        for (int i = 0; i < service.Networks.Length; i++)
        {
            if (service.Networks[i].Name == name) return i;
        }

        return -1;
    }

    public static int Find(Service service, int id)
    {
        for (int i = 0; i < service.Networks.Length; i++)
        {
            if (service.Networks[i].IsOwned && service.Networks[i].NetworkId == id) return i;
        }

        return -1;
    }
}
