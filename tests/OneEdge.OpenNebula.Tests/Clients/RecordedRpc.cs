using System.Text;
using OneEdge.OpenNebula.Tests.Rpc;

namespace OneEdge.OpenNebula.Tests.Clients;

/// <summary>Gives the answer of a recorded exchange to whatever is called, and keeps the call.</summary>
internal sealed class RecordedRpc(RecordedExchange exchange) : IOpenNebulaRpc
{
    public List<OpenNebulaCall> Calls { get; } = [];

    public Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default)
    {
        Calls.Add(call);
        byte[] body = Encoding.UTF8.GetBytes(exchange.ResponseBody);
        RpcAnswer answer = RpcAnswerReader.Read(body, body.Length);
        var mask = new SessionMask(OpenNebulaCredentials.ForUser("nobody", "no secret at all"));
        if (answer.Fault is { } fault) return Task.FromException<RpcValue>(OpenNebulaAnswer.ErrorOf(fault, call, mask));
        if (call.IsOfServer) return Task.FromResult(answer.Value);
        Assert.True(OpenNebulaAnswer.TryUnwrap(answer.Value, call, mask, out RpcValue value, out OpenNebulaCallException? error));
        return error is null ? Task.FromResult(value) : Task.FromException<RpcValue>(error);
    }

    public Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
