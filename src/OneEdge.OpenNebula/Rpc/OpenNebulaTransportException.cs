namespace OneEdge.OpenNebula;

/// <summary>A call did not reach the server, or no usable answer came back.</summary>
public sealed class OpenNebulaTransportException : OpenNebulaException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="method">The method that was called.</param>
    /// <param name="message">What happened, with the method and the server.</param>
    /// <param name="isRetrySafe">Whether the same call may be sent again.</param>
    /// <param name="httpStatus">The HTTP status, where it is the cause.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public OpenNebulaTransportException(
        string code, string method, string message, bool isRetrySafe, int? httpStatus = null, Exception? innerException = null)
        : base(code, message, innerException) => (Method, IsRetrySafe, HttpStatus) = (method, isRetrySafe, httpStatus);

    /// <summary>The method that was called.</summary>
    public string Method { get; }

    /// <summary>
    /// Whether the same call may be sent again: the failure may pass, and the call either never reached the server or only reads. Otherwise the
    /// server may have carried it out; look before trying again.
    /// </summary>
    public bool IsRetrySafe { get; }

    /// <summary>The HTTP status, where it is the cause.</summary>
    public int? HttpStatus { get; }
}
