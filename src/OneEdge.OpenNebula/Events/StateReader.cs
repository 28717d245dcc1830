using System.Globalization;
using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>Reads the states of objects of one kind: of all of them, or of some.</summary>
/// <param name="rpc">The cloud.</param>
/// <param name="kind">The kind.</param>
/// <param name="ids">Which; all that the user may see when it is <see langword="null"/>.</param>
internal sealed class StateReader(IOpenNebulaRpc rpc, EventObject kind, IReadOnlyCollection<int>? ids)
{
    private const int MachinesPerCall = 500;

    /// <summary>Whether <see cref="ReadAsync"/> gives the objects with their states; a pool of machines has them in a short form only.</summary>
    public bool GivesObjects => kind != EventObject.VirtualMachine || ids is not null;

    /// <summary>Reads the states. Of virtual machines that are done only those asked for are among them.</summary>
    public async Task<List<ObservedObject>> ReadAsync(CancellationToken cancellationToken)
    {
        if (ids is not null && (ids.Count == 1 || kind != EventObject.VirtualMachine))
            return [.. (await ReadEachAsync(ids, cancellationToken).ConfigureAwait(false)).Where(o => o.Found is not null).Select(o => o.Found!.Value)];
        if (ids is not null) return await ReadMachinesAsync(ids, cancellationToken).ConfigureAwait(false);
        RpcValue pool = await rpc.CallAsync(PoolCall(), cancellationToken).ConfigureAwait(false);
        return ReadPool(pool.Utf8Memory, GivesObjects);
    }

    /// <summary>Reads virtual machines with all that there is of them, also those that are done.</summary>
    public async Task<List<ObservedObject>> ReadMachinesAsync(IReadOnlyCollection<int> machines, CancellationToken cancellationToken)
    {
        var found = new List<ObservedObject>(machines.Count);
        foreach (int[] some in machines.Chunk(MachinesPerCall))
        {
            string list = string.Join(',', some.Select(id => id.ToString(CultureInfo.InvariantCulture)));
            RpcValue pool = await rpc.CallAsync(new OpenNebulaCall("one.vmpool.infoset", list, true), cancellationToken).ConfigureAwait(false);
            found.AddRange(ReadPool(pool.Utf8Memory, withObjects: true));
        }

        return found;
    }

    /// <summary>Reads objects one by one.</summary>
    /// <returns>Each object, or nothing with whether it does not exist; otherwise the user may not see it.</returns>
    public async Task<List<(int Id, ObservedObject? Found, bool IsGone)>> ReadEachAsync(IReadOnlyCollection<int> objects, CancellationToken cancellationToken)
    {
        OpenNebulaCall[] calls = [.. objects.Select(id => new OpenNebulaCall(InfoMethod(), id))];
        IReadOnlyList<OpenNebulaCallResult> results = calls.Length == 1
            ? [await ReadAloneAsync(calls[0], cancellationToken).ConfigureAwait(false)]
            : await rpc.ReadManyAsync(calls, cancellationToken).ConfigureAwait(false);
        var read = new List<(int, ObservedObject?, bool)>(results.Count);
        foreach ((int id, OpenNebulaCallResult result) in objects.Zip(results))
        {
            if (result.Error is { Kind: not (OpenNebulaErrorKind.NoExists or OpenNebulaErrorKind.Authorization) } error) throw error;
            read.Add((id, result.Error is null ? ReadOne(result.Value.Utf8Memory) : null, result.Error?.Kind == OpenNebulaErrorKind.NoExists));
        }

        return read;
    }

    // One call needs no batch around it.
    private async Task<OpenNebulaCallResult> ReadAloneAsync(OpenNebulaCall call, CancellationToken cancellationToken)
    {
        try
        {
            return new OpenNebulaCallResult(call, await rpc.CallAsync(call, cancellationToken).ConfigureAwait(false));
        }
        catch (OpenNebulaCallException e)
        {
            return new OpenNebulaCallResult(call, e);
        }
    }

    private static ObservedObject ReadOne(ReadOnlyMemory<byte> xml)
    {
        var reader = new Utf8XmlReader(xml.Span);
        reader.Read();
        ObjectHead head = ObjectHead.Read(ref reader);
        reader.Read();
        return new ObservedObject(head, xml);
    }

    private static List<ObservedObject> ReadPool(ReadOnlyMemory<byte> xml, bool withObjects)
    {
        var found = new List<ObservedObject>();
        var reader = new Utf8XmlReader(xml.Span);
        reader.Read();
        while (reader.ReadToChild())
        {
            int start = XmlRange.StartOf(reader);
            ObjectHead head = ObjectHead.Read(ref reader);
            found.Add(new ObservedObject(head, withObjects ? xml[start..reader.Position] : default));
        }

        reader.Read();
        return found;
    }

    private string InfoMethod() => kind switch
    {
        EventObject.VirtualMachine => "one.vm.info",
        EventObject.Host => "one.host.info",
        EventObject.Image => "one.image.info",
        _ => "one.vn.info",
    };

    // All that the user may see (-2), from the first to the last (-1, -1); machines in any state but done (-1).
    private OpenNebulaCall PoolCall() => kind switch
    {
        EventObject.VirtualMachine => new("one.vmpool.info", -2, -1, -1, -1, ""),
        EventObject.Host => new("one.hostpool.info"),
        EventObject.Image => new("one.imagepool.info", -2, -1, -1),
        _ => new("one.vnpool.info", -2, -1, -1),
    };
}
