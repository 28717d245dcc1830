namespace OneEdge.OpenNebula.Embedded;

/// <summary>The states of images, by the numbers of the core.</summary>
internal enum ImageState
{
    Init = 0,
    Ready = 1,
    Used = 2,
    Disabled = 3,
    Locked = 4,
    Error = 5,
    Clone = 6,
    Delete = 7,
    UsedPers = 8,
    LockedUsed = 9,
    LockedUsedPers = 10,
}
