using System.Globalization;
using System.Xml.Linq;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>Short forms for calls to an embedded cloud.</summary>
internal static class TestCloud
{
    public static Task<RpcValue> CallAsync(this IOpenNebulaRpc rpc, string method, params RpcValue[] parameters) =>
        rpc.CallAsync(new OpenNebulaCall(method, parameters), TestContext.Current.CancellationToken);

    public static async Task<int> IdAsync(this IOpenNebulaRpc rpc, string method, params RpcValue[] parameters) =>
        (await rpc.CallAsync(method, parameters)).AsInt32();

    public static async Task<XElement> XmlAsync(this IOpenNebulaRpc rpc, string method, params RpcValue[] parameters) =>
        XElement.Parse((await rpc.CallAsync(method, parameters)).AsString(), LoadOptions.PreserveWhitespace);

    public static Task<OpenNebulaCallException> RefusedAsync(this IOpenNebulaRpc rpc, string method, params RpcValue[] parameters) =>
        Assert.ThrowsAsync<OpenNebulaCallException>(() => rpc.CallAsync(method, parameters));

    /// <summary>A call fails with a code and the words of the core.</summary>
    public static async Task AssertRefusedAsync(this IOpenNebulaRpc rpc, int code, string message, string method, params RpcValue[] parameters)
    {
        OpenNebulaCallException error = await rpc.RefusedAsync(method, parameters);
        Assert.Equal((code, code > 0 ? $"[{method}] {message}" : message), (error.ServerCode, error.ServerMessage));
    }

    /// <summary>A user whose password is the name with <c>pass</c>.</summary>
    public static async Task<IOpenNebulaRpc> UserAsync(this EmbeddedCloud cloud, string name)
    {
        await cloud.Rpc.CallAsync("one.user.allocate", name, name + "pass", "core", RpcValue.Array());
        return cloud.Connect(name, name + "pass");
    }

    public static string Value(this XElement element, string path) =>
        path.Split('/').Aggregate((XElement?)element, (e, name) => e?.Element(name))?.Value ?? throw new InvalidOperationException($"{path} in {element}");

    public static int Number(this XElement element, string path) => int.Parse(element.Value(path), CultureInfo.InvariantCulture);
}
