namespace OneEdge.Flow.Lifecycle;

/// <summary>Writes down what happened.</summary>
internal static class Facts
{
    /// <summary>Always <see langword="null"/>: what happened cannot be refused.</summary>
    public static Refusal? Take(Turn turn, ServiceEvent happened)
    {
        switch (happened)
        {
            case VmObserved e:
                VmFacts.Observe(turn, e.VmId, VmConditions.Of(e.State, e.LcmState), e.IsReady);
                break;
            case VmCreated e:
                VmFacts.Created(turn, e);
                break;
            case VmCreationFailed e:
                VmFacts.CreationFailed(turn, e);
                break;
            case VmTerminationAccepted e:
                VmFacts.TerminationAccepted(turn, e.VmId);
                break;
            case VmCallRefused e:
                VmFacts.CallRefused(turn, e);
                break;
            case NetworkCreated or NetworkCreationFailed or NetworkObserved or NetworkDeletionRefused:
                NetworkFacts.Take(turn, happened);
                break;
            case Synchronized e:
                Synchronization.Take(turn, e);
                break;
            default:
                TakeOfService(turn, happened);
                break;
        }

        return null;
    }

    private static void TakeOfService(Turn turn, ServiceEvent happened)
    {
        switch (happened)
        {
            case ServiceStarted:
                turn.SetUnsaved(turn.Service with { IsSynchronized = true });
                ServiceStates.Set(turn, ServiceState.DeployingNetworks);
                break;
            case ServiceResumed:
                Synchronization.Forget(turn);
                turn.RequireReading();
                if (Removal.IsEmpty(turn)) turn.SetUnsaved(turn.Service with { FinalReading = turn.Service.LastReading });
                break;
            case SynchronizationLost:
                turn.OrderReading();
                break;
            case CallFailed e:
                turn.Log("E", e.Message);
                break;
            case DocumentDeletionFailed e:
                turn.Log("E", $"The document could not be deleted; {e.Error}");
                turn.SetUnsaved(turn.Service with { IsDeleting = false });
                break;
            default:
                // That time has passed, or that the document is gone, changes nothing by itself.
                break;
        }
    }
}
