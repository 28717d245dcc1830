namespace OneEdge.Flow.Client;

/// <summary>A call did not reach the server, or no usable answer came back.</summary>
public sealed class OneFlowTransportException : OneFlowException
{
    internal OneFlowTransportException(string code, FlowRequest request, string message, bool isRetrySafe, int? httpStatus, Exception? innerException)
        : base(code, request, message, httpStatus, innerException) => IsRetrySafe = isRetrySafe;

    /// <summary>
    /// Whether the same call may be sent again: the failure may pass, and the call either never reached the server or only reads. Otherwise the
    /// server may have carried it out; look before trying again.
    /// </summary>
    public bool IsRetrySafe { get; }
}
