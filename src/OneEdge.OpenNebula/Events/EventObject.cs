namespace OneEdge.OpenNebula;

/// <summary>The kinds of objects whose states are published.</summary>
internal enum EventObject
{
    VirtualMachine,
    Host,
    Image,
    VirtualNetwork,
}
