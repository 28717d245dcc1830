namespace OneEdge.OpenNebula.Embedded;

/// <summary>The calls of one user to a cloud in this process.</summary>
internal sealed class EmbeddedRpc(EmbeddedCloud cloud, OpenNebulaCredentials credentials) : IOpenNebulaRpc
{
    private readonly SessionMask _mask = new(credentials);

    public Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<RpcValue>(cancellationToken);
        try
        {
            return Task.FromResult(Call(call));
        }
        catch (Exception e) when (e is OpenNebulaException or ArgumentException or ObjectDisposedException)
        {
            return Task.FromException<RpcValue>(e);
        }
    }

    public async Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calls);
        if (calls.FirstOrDefault(c => !c.IsRead) is { } change) throw new ArgumentException($"{change.Method} is not a call that only reads.", nameof(calls));
        foreach (OpenNebulaCall call in calls) RpcRequestWriter.CheckMethod(call.Method);
        if (calls.Count == 0) return [];
        RpcValue answer = await CallAsync(Multicall.Wrap(calls, credentials.Session), cancellationToken).ConfigureAwait(false);
        return Multicall.Unwrap(answer, calls, _mask)!;
    }

    /// <summary>Who calls whom, without secrets.</summary>
    public override string ToString() => $"{credentials.UserName} at the embedded cloud";

    private RpcValue Call(OpenNebulaCall call)
    {
        RpcRequestWriter.CheckMethod(call.Method);
        if (!SendableValues.AreAll(call.Parameters))
        {
            RpcRequestWriter.Write(call.Method, [.. call.Parameters]);
            if (UnreadableText.FaultOf(call.Parameters) is { } unreadable) throw OpenNebulaAnswer.ErrorOf(unreadable, call, _mask);
        }

        EmbeddedCallFault lost = cloud.FaultOf(call);
        if (lost == EmbeddedCallFault.Unreachable) throw Lost(call, OpenNebulaErrorCodes.Unreachable, "no connection to the server", isRetrySafe: true);
        IReadOnlyList<RpcValue> parameters = call.IsOfServer ? call.Parameters : [credentials.Session, .. call.Parameters];
        RpcAnswer answer = cloud.Answer(call.Method, parameters);
        if (lost == EmbeddedCallFault.AnswerLost)
            throw Lost(call, OpenNebulaErrorCodes.ConnectionLost, "the connection was lost before an answer came", call.IsRead);
        if (answer.Fault is { } fault) throw OpenNebulaAnswer.ErrorOf(fault, call, _mask);
        if (call.IsOfServer) return answer.Value;
        OpenNebulaAnswer.TryUnwrap(answer.Value, call, _mask, out RpcValue value, out OpenNebulaCallException? error);
        return error is null ? value : throw error;
    }

    private static OpenNebulaTransportException Lost(OpenNebulaCall call, string code, string why, bool isRetrySafe) =>
        new(code, call.Method, $"{call.Method} at the embedded cloud: {why}.", isRetrySafe);
}
