using System.Collections.Concurrent;
using System.Globalization;

namespace OneEdge.OpenNebula.Tests.Events;

/// <summary>A cloud that can only be read.</summary>
internal sealed class PolledCloud : IOpenNebulaRpc
{
    private readonly SortedDictionary<(EventObject Kind, int Id), (int State, string Xml)> _objects = [];
    private readonly HashSet<(EventObject Kind, int Id)> _hidden = [];
    private readonly Lock _gate = new();
    private Exception? _once;

    /// <summary>Every call that was made.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>What reading throws, until it is taken away.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What every call answers, until it is taken away.</summary>
    public string? Garbage { get; set; }

    /// <summary>Lets the next reading fail.</summary>
    public void FailOnce(Exception failure) => Interlocked.Exchange(ref _once, failure);

    public void SetMachine(int id, VmState state, LcmState lcm = LcmState.LcmInit, int? service = null, string? host = null) =>
        Set(EventObject.VirtualMachine, id, (int)state, EventTexts.Machine(id, state, lcm, service?.ToString(CultureInfo.InvariantCulture), host));

    public void SetOther(EventObject kind, int id, int state) => Set(kind, id, state, EventTexts.Other(kind, id, state));

    public void Delete(EventObject kind, int id)
    {
        lock (_gate) _objects.Remove((kind, id));
    }

    /// <summary>Takes the right to see an object away.</summary>
    public void Hide(EventObject kind, int id)
    {
        lock (_gate) _hidden.Add((kind, id));
    }

    public Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Calls.Enqueue(call.Method);
        if ((Interlocked.Exchange(ref _once, null) ?? Failure) is { } failure) return Task.FromException<RpcValue>(failure);
        if (Garbage is { } garbage) return Task.FromResult<RpcValue>(garbage);
        try
        {
            lock (_gate) return Task.FromResult<RpcValue>(Answer(call));
        }
        catch (OpenNebulaCallException e)
        {
            return Task.FromException<RpcValue>(e);
        }
    }

    public async Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default)
    {
        var results = new List<OpenNebulaCallResult>();
        foreach (OpenNebulaCall call in calls)
        {
            try
            {
                results.Add(new OpenNebulaCallResult(call, await CallAsync(call, cancellationToken)));
            }
            catch (OpenNebulaCallException e)
            {
                results.Add(new OpenNebulaCallResult(call, e));
            }
        }

        return results;
    }

    private void Set(EventObject kind, int id, int state, string xml)
    {
        lock (_gate) _objects[(kind, id)] = (state, xml);
    }

    private string Answer(OpenNebulaCall call) => call.Method switch
    {
        "one.vm.info" => One(call, EventObject.VirtualMachine),
        "one.host.info" => One(call, EventObject.Host),
        "one.image.info" => One(call, EventObject.Image),
        "one.vn.info" => One(call, EventObject.VirtualNetwork),
        "one.hostpool.info" => Pool("HOST_POOL", EventObject.Host),
        "one.imagepool.info" => Pool("IMAGE_POOL", EventObject.Image),
        "one.vnpool.info" => Pool("VNET_POOL", EventObject.VirtualNetwork),
        "one.vmpool.info" => Machines(o => o.Value.State != (int)VmState.Done, Short),
        "one.vmpool.infoset" => Machines(o => call.Parameters[0].AsString().Split(',').Contains(o.Key.Id.ToString(CultureInfo.InvariantCulture)), xml => xml),
        _ => throw new NotSupportedException(call.Method),
    };

    private string One(OpenNebulaCall call, EventObject kind)
    {
        int id = call.Parameters[0].AsInt32();
        if (!_objects.TryGetValue((kind, id), out (int State, string Xml) found))
            throw new OpenNebulaCallException(call.Method, (int)OpenNebulaErrorKind.NoExists, $"[{call.Method}] Error getting object [{id}].", id);
        if (_hidden.Contains((kind, id)))
            throw new OpenNebulaCallException(
                call.Method, (int)OpenNebulaErrorKind.Authorization, $"[{call.Method}] User [6] : Not authorized to perform USE OBJECT [{id}].");
        return found.Xml;
    }

    private string Pool(string name, EventObject kind) =>
        $"<{name}>{string.Concat(_objects.Where(o => o.Key.Kind == kind && !_hidden.Contains(o.Key)).Reverse().Select(o => o.Value.Xml))}</{name}>";

    private string Machines(Func<KeyValuePair<(EventObject Kind, int Id), (int State, string Xml)>, bool> which, Func<string, string> shape)
    {
        IEnumerable<KeyValuePair<(EventObject Kind, int Id), (int State, string Xml)>> machines =
            _objects.Where(o => o.Key.Kind == EventObject.VirtualMachine && !_hidden.Contains(o.Key) && which(o));
        return $"<VM_POOL>{string.Concat(machines.Reverse().Select(o => shape(o.Value.Xml)))}</VM_POOL>";
    }

    // The short form does not tell the service.
    private static string Short(string xml)
    {
        int start = xml.IndexOf("<USER_TEMPLATE", StringComparison.Ordinal);
        return xml[..start] + "<USER_TEMPLATE/></VM>";
    }
}
