namespace OneEdge.OpenNebula.Embedded;

/// <summary>The states of applications, by the numbers of the core.</summary>
internal enum AppState
{
    Init = 0,
    Ready = 1,
    Locked = 2,
    Error = 3,
    Disabled = 4,
}
