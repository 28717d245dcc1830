namespace OneEdge.OpenNebula.Embedded;

/// <summary>A part of the cloud that answers methods.</summary>
internal interface IMethodArea
{
    /// <summary>Names its methods; there is no other way for a method to be found.</summary>
    void Register(MethodTable table);
}
