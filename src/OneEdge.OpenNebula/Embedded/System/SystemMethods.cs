namespace OneEdge.OpenNebula.Embedded;

/// <summary>The methods of the server itself.</summary>
internal sealed class SystemMethods(CloudState state) : IMethodArea
{
    /// <summary>The version that the cloud behaves like.</summary>
    public const string Version = "6.10.5";

    public void Register(MethodTable table)
    {
        table.Add("system.listMethods", "", _ => RpcValue.Array([.. state.Methods.Names.Append(Multicall.Method).Select(RpcValue.From)]));
        table.Add("system.methodExist", "s", call => call.Text(0) == Multicall.Method || state.Methods.TryGet(call.Text(0), out _));
        table.Add("system.methodHelp", "s", call => Find(call) is null ? "Executes several calls" : "");
        table.Add("system.methodSignature", "s", Signature);
        table.Add("system.capabilities", "", Capabilities);
        table.Add("system.getCapabilities", "", Capabilities);
        table.Add("one.system.version", "", _ => Version);
        table.Add("one.system.config", "", _ => SystemConfiguration.Write(state.Options));
    }

    private CloudMethod? Find(CloudCall call)
    {
        string name = call.Text(0);
        if (name == Multicall.Method) return null;
        return state.Methods.TryGet(name, out CloudMethod? method) ? method
            : throw new CallFault(OpenNebulaErrorKind.NoSuchMethod, $"Method '{name}' does not exist");
    }

    private RpcValue Signature(CloudCall call)
    {
        if (Find(call) is not { } method) return RpcValue.Array(RpcValue.Array("array", "array"));
        List<RpcValue> types = [method.IsOfServer ? "string" : "array"];
        if (!method.IsOfServer) types.Add("string");
        types.AddRange(method.Signature.Select(c => RpcValue.From(c switch { 's' => "string", 'i' => "int", 'b' => "boolean", _ => "array" })));
        return RpcValue.Array(RpcValue.Array([.. types]));
    }

    private static RpcValue Capabilities(CloudCall call) => RpcValue.Struct(
        new("facility", "xmlrpc-c"), new("version_major", 1), new("version_minor", 59), new("version_point", 3), new("protocol_version", 2));
}
