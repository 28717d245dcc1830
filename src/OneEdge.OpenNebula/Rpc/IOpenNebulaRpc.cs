namespace OneEdge.OpenNebula;

/// <summary>Whatever answers the calls of one user as OpenNebula does: a server over the network, several of them, or a cloud in this process.</summary>
/// <remarks>Everything else in this library is built on it, so that whoever stands in for a cloud has these methods to write and no more.</remarks>
public interface IOpenNebulaRpc
{
    /// <summary>Makes a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels the call; it may be carried out all the same.</param>
    /// <returns>The value of the answer: the second element of the result array, or the whole answer of a method of <c>system.</c>.</returns>
    /// <exception cref="OpenNebulaCallException">The call was refused.</exception>
    /// <exception cref="OpenNebulaTransportException">The call did not arrive, or no usable answer came back.</exception>
    /// <exception cref="OpenNebulaException">A parameter cannot be sent.</exception>
    Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default);

    /// <summary>Makes calls that only read, in as few round trips as may be.</summary>
    /// <param name="calls">The calls, as many as you like.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>What became of each call, in their order. One that was refused has its error there.</returns>
    /// <exception cref="ArgumentException">A call does not only read: what happened to it would be unknown when the answer is lost.</exception>
    /// <exception cref="OpenNebulaTransportException">The calls did not arrive, or no usable answer came back.</exception>
    Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default);
}
