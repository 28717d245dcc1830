namespace OneEdge.OpenNebula.Embedded;

/// <summary>A call fails at the level of XML-RPC.</summary>
internal sealed class CallFault(OpenNebulaErrorKind kind, string text) : Exception(text)
{
    public RpcFault Fault { get; } = new((int)kind, text);
}
