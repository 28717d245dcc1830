namespace OneEdge.Flow.Client;

/// <summary>A call of a OneFlow server did not end well.</summary>
public abstract class OneFlowException : FlowException
{
    private protected OneFlowException(string code, FlowRequest request, string message, int? httpStatus, Exception? innerException)
        : base(code, message, innerException) => (Request, ObjectId, HttpStatus) = (request.ToString(), request.ObjectId, httpStatus);

    /// <summary>The request: its method and path, such as <c>POST /service/103/scale</c>.</summary>
    public string Request { get; }

    /// <summary>The id of the service or template that the request was about; <see langword="null"/> for one about all of them.</summary>
    public int? ObjectId { get; }

    /// <summary>The HTTP status of the answer; <see langword="null"/> when there was none.</summary>
    public int? HttpStatus { get; }
}
