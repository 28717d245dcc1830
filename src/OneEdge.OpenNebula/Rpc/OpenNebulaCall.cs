namespace OneEdge.OpenNebula;

/// <summary>A call: a method and its parameters, without the session.</summary>
/// <param name="Method">The method, such as <c>one.vm.info</c>.</param>
/// <param name="Parameters">The parameters after the session.</param>
public sealed record OpenNebulaCall(string Method, params IReadOnlyList<RpcValue> Parameters)
{
    /// <summary>
    /// Whether the call changes nothing, so that it may be sent again when its answer was lost. By default that is told by the last part of the name:
    /// <c>info</c>, <c>monitoring</c> and their like.
    /// </summary>
    public bool IsRead { get; init; } = ReadMethods.Contains(Method);

    /// <summary>Methods of the server itself have no session, and give a value without a result array around it.</summary>
    internal bool IsOfServer => Method.StartsWith("system.", StringComparison.Ordinal);

    /// <summary>The method; parameters may be secrets.</summary>
    public override string ToString() => Method;
}
