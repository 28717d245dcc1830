namespace OneEdge;

/// <summary>The base of every exception that a OneEdge library throws on purpose.</summary>
/// <remarks>Cancelled work throws <see cref="OperationCanceledException"/>, misuse of an argument <see cref="ArgumentException"/>.</remarks>
public class OneEdgeException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="code">The stable code of the error, for example <c>OEC1001</c>.</param>
    /// <param name="message">What failed, on which object, and what to try.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public OneEdgeException(string code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        Code = code;
    }

    /// <summary>The stable code of the error; messages may change between versions, codes do not.</summary>
    public string Code { get; }
}
