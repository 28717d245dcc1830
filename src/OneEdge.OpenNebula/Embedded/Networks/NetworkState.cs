namespace OneEdge.OpenNebula.Embedded;

/// <summary>The states of networks, by the numbers of the core.</summary>
internal enum NetworkState
{
    Init = 0,
    Ready = 1,
    LockCreate = 2,
    LockDelete = 3,
    Done = 4,
    Error = 5,
    UpdateFailure = 6,
}
