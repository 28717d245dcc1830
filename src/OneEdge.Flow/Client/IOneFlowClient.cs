namespace OneEdge.Flow.Client;

/// <summary>A OneFlow server, ours or the original, for one user: services and their templates.</summary>
/// <remarks>
/// Every call throws <see cref="OneFlowRefusedException"/> when the server refused it, <see cref="OneFlowTransportException"/> when it did not reach the server
/// or no usable answer came back, and <see cref="OperationCanceledException"/> when the caller cancelled it. Safe for concurrent use.
/// </remarks>
public interface IOneFlowClient
{
    /// <summary>Services.</summary>
    IOneFlowServices Services { get; }

    /// <summary>Service templates.</summary>
    IOneFlowTemplates Templates { get; }
}
