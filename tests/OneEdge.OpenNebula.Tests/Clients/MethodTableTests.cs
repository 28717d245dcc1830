using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Clients;

/// <summary>The table of methods in the documents says what there is.</summary>
public sealed partial class MethodTableTests
{
    private static readonly JsonElement[] Methods = [.. JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ConformanceData.Area("opennebula"), "methods.json")))
        .RootElement.EnumerateArray()];

    [Fact]
    public void Every_method_of_the_server_stands_in_the_table_once() =>
        Assert.Equal(Methods.Select(m => m.GetProperty("name").GetString()!), Rows().Select(r => r.Method));

    [Fact]
    public void Member_in_the_table_exists_and_the_other_way_round()
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        Assert.All(Rows(), row => Assert.All(row.Members, member =>
        {
            named.Add(member);
            Assert.NotNull(Find(member));
        }));
        string[] unnamed = [.. typeof(IOpenNebulaClient).GetProperties()
            .Where(p => p.PropertyType.Namespace == "OneEdge.OpenNebula" && p.PropertyType.IsClass)
            .SelectMany(
                p => p.PropertyType.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(m => $"{p.Name}.{m.Name}"))
            .Where(m => !named.Contains(m) && !m.Contains(".WaitFor", StringComparison.Ordinal)).Distinct()];
        Assert.Empty(unnamed);
    }

    [Fact]
    public void Method_has_a_member_exactly_when_the_table_names_one() => Assert.All(Rows(), row =>
        Assert.Equal(row.Members is ["CallAsync"] or ["Rpc.ReadManyAsync"], TypedCalls.Find(row.Method) is null));

    /// <summary>Also for methods that were never recorded: the member calls its method, with parameters of the types that the server lists.</summary>
    [Fact]
    public async Task Member_calls_its_method_with_the_types_of_the_server()
    {
        var wrong = new List<string>();
        foreach (JsonElement method in Methods)
        {
            string name = method.GetProperty("name").GetString()!;
            if (TypedCalls.Find(name) is not { } call) continue;
            var rpc = new ListeningRpc();
            await Assert.ThrowsAsync<OpenNebulaCallException>(() => call(new OpenNebulaClient(rpc), RecordedArguments.MadeUp));
            OpenNebulaCall made = Assert.Single(rpc.Calls);
            Assert.Equal(name, made.Method);
            string[] types = [.. method.GetProperty("signature")[0].EnumerateArray().Select(t => t.GetString()!)];
            if (!Fits(name, types, made.Parameters))
                wrong.Add($"{name}({string.Join(' ', types)}) is called with {string.Join(' ', made.Parameters.Select(p => p.Kind))}");
        }

        Assert.Empty(wrong);
    }

    // The server leaves out parameters at the end that may be missing, and lists a few wrongly, against its own code and what was recorded.
    private static bool Fits(string method, string[] types, IReadOnlyList<RpcValue> sent)
    {
        string last = method[(method.LastIndexOf('.') + 1)..];
        if (last is "lock") return sent.Select(p => p.Kind).SequenceEqual([RpcValueKind.Int32, RpcValueKind.Int32, RpcValueKind.Boolean]);
        if (last is "enable" && types[^1] == "int") types[^1] = "boolean";
        if (method is "one.vmpool.infoset") types = [.. types, "boolean"];
        if (method is "one.zone.resetserver") types[^1] = "int";
        if (method is "one.vmpool.calculateshowback") types = [.. types, "int", "int"];
        bool hasSession = !method.StartsWith("system.", StringComparison.Ordinal) && types.ElementAtOrDefault(1) == "string" && !IsListedWithoutSession(method);
        return types.Skip(hasSession ? 2 : 1).Zip(sent).All(pair => pair.First == TypeOf(pair.Second));
    }

    private static bool IsListedWithoutSession(string method) => method is "one.vm.schedadd" or "one.vm.scheddelete" or "one.vm.schedupdate";

    private static string TypeOf(RpcValue value) => value.Kind switch { RpcValueKind.Int32 => "int", var kind => kind.ToString().ToLowerInvariant() };

    private static MethodInfo? Find(string member)
    {
        string[] parts = member.Split('.');
        if (parts.Length == 1) return typeof(IOpenNebulaClient).GetMethod(member);
        return typeof(IOpenNebulaClient).GetProperty(parts[0])?.PropertyType.GetMethods().FirstOrDefault(m => m.Name == parts[1]);
    }

    private static List<(string Method, string[] Members, bool IsRecorded)> Rows() => [.. File
        .ReadLines(Path.Combine(RepositoryRoot.Path, "docs", "opennebula", "client.md"))
        .Select(line => Row().Match(line)).Where(m => m.Success)
        .Select(
            m => (
                m.Groups["method"].Value, m.Groups["members"].Value.Replace("`", "", StringComparison.Ordinal).Split(", "),
                m.Groups["recorded"].Value == "yes"))];

    [GeneratedRegex(@"^\| `(?<method>(one|system)\.[a-zA-Z_.]+)` \| (?<members>`.+`) \| (?<recorded>yes|no) \|$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    private sealed class ListeningRpc : IOpenNebulaRpc
    {
        public List<OpenNebulaCall> Calls { get; } = [];

        public Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default)
        {
            Calls.Add(call);
            return Task.FromException<RpcValue>(new OpenNebulaCallException(call.Method, 8192, "only listening"));
        }

        public Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
