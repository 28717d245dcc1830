namespace OneEdge.OpenNebula.Embedded;

/// <summary>The state of a machine, by the numbers of the core.</summary>
internal enum VmState
{
    Init = 0,
    Pending = 1,
    Hold = 2,
    Active = 3,
    Stopped = 4,
    Suspended = 5,
    Done = 6,
    Poweroff = 8,
    Undeployed = 9,
    Cloning = 10,
    CloningFailure = 11,
}
