namespace OneEdge.OpenNebula;

/// <summary>What became of one call among several.</summary>
public sealed class OpenNebulaCallResult
{
    private readonly RpcValue _value;

    /// <summary>A call that was answered.</summary>
    /// <param name="call">The call.</param>
    /// <param name="value">The value of the answer.</param>
    public OpenNebulaCallResult(OpenNebulaCall call, RpcValue value) => (Call, _value) = (call, value);

    /// <summary>A call that was refused.</summary>
    /// <param name="call">The call.</param>
    /// <param name="error">Why it was refused.</param>
    public OpenNebulaCallResult(OpenNebulaCall call, OpenNebulaCallException error) => (Call, Error) = (call, error);

    /// <summary>The call.</summary>
    public OpenNebulaCall Call { get; }

    /// <summary>Why the server refused it; <see langword="null"/> when it did not.</summary>
    public OpenNebulaCallException? Error { get; }

    /// <summary>The value.</summary>
    /// <exception cref="OpenNebulaCallException">The server refused the call.</exception>
    public RpcValue Value => Error is null ? _value : throw Error;
}
