using System.Diagnostics.CodeAnalysis;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>The methods of the cloud, by name.</summary>
internal sealed class MethodTable
{
    private readonly OrderedDictionary<string, CloudMethod> _methods = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _methods.Keys;

    public void Add(string name, string signature, CloudHandler handler) => Add(new CloudMethod(name, signature, handler));

    public void Add(CloudMethod method) => _methods.Add(method.Name, method);

    public CloudMethod Get(string name) => _methods[name];

    public bool TryGet(string name, [MaybeNullWhen(false)] out CloudMethod method) => _methods.TryGetValue(name, out method);
}
