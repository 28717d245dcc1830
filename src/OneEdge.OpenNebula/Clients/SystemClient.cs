namespace OneEdge.OpenNebula;

/// <summary>The server itself.</summary>
public sealed class SystemClient
{
    private readonly IOpenNebulaRpc _rpc;

    internal SystemClient(ClientContext context) => _rpc = context.Rpc;

    /// <summary>The configuration of the server, without passwords; only for administrators.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What <c>oned.conf</c> says, and defaults.</returns>
    public async Task<StoredTemplate> GetConfigurationAsync(CancellationToken cancellationToken = default) =>
        StoredTemplate.ParseXml(await _rpc.TextAsync("one.system.config", cancellationToken).ConfigureAwait(false));

    /// <summary>The names of the methods that the server has.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The names.</returns>
    public async Task<IReadOnlyList<string>> ListMethodsAsync(CancellationToken cancellationToken = default)
    {
        RpcValue value = await _rpc.CallAsync(new OpenNebulaCall("system.listMethods"), cancellationToken).ConfigureAwait(false);
        return [.. value.AsArray().Select(name => name.AsString())];
    }

    /// <summary>What the server says about a method.</summary>
    /// <param name="method">The name of the method.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>One line.</returns>
    public async Task<string> GetMethodHelpAsync(string method, CancellationToken cancellationToken = default)
    {
        RpcValue value = await _rpc.CallAsync(new OpenNebulaCall("system.methodHelp", method), cancellationToken).ConfigureAwait(false);
        return value.AsString();
    }

    /// <summary>The types that a method takes, as the server tells them: it often leaves out parameters that may be missing.</summary>
    /// <param name="method">The name of the method.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>For each form of the method the type of its answer and the types of its parameters, the session included.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> GetMethodSignatureAsync(string method, CancellationToken cancellationToken = default)
    {
        RpcValue value = await _rpc.CallAsync(new OpenNebulaCall("system.methodSignature", method), cancellationToken).ConfigureAwait(false);
        return [.. value.AsArray().Select(form => (IReadOnlyList<string>)[.. form.AsArray().Select(type => type.AsString())])];
    }

    /// <summary>The version of the server.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The version, such as <c>6.10.5</c>.</returns>
    public Task<string> GetVersionAsync(CancellationToken cancellationToken = default) => _rpc.TextAsync("one.system.version", cancellationToken);

    /// <summary>Asks the database of the server; only for <c>oneadmin</c>. The call is not among those recorded from a real server.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The rows in XML.</returns>
    public Task<string> QueryDatabaseAsync(string sql, CancellationToken cancellationToken = default) =>
        _rpc.TextAsync("one.system.sqlquery", cancellationToken, sql);
}
