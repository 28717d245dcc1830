namespace OneEdge.OpenNebula;

/// <summary>What became of one call among several.</summary>
public sealed class OpenNebulaCallResult
{
    private readonly RpcValue _value;

    internal OpenNebulaCallResult(OpenNebulaCall call, RpcValue value, OpenNebulaCallException? error) => (Call, _value, Error) = (call, value, error);

    /// <summary>The call.</summary>
    public OpenNebulaCall Call { get; }

    /// <summary>Why the server refused it; <see langword="null"/> when it did not.</summary>
    public OpenNebulaCallException? Error { get; }

    /// <summary>The value.</summary>
    /// <exception cref="OpenNebulaCallException">The server refused the call.</exception>
    public RpcValue Value => Error is null ? _value : throw Error;
}
