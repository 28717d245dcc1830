using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>
/// Reads a type of documents by ranges of ids, downwards from the newest. Ranges neither skip nor repeat when documents come and go, as offsets do; their
/// width follows how densely the type is spread over the ids, which all types share.
/// </summary>
internal sealed class PoolPages(IOpenNebulaRpc rpc, int type, OpenNebulaDocumentStoreOptions options)
{
    private const int WidestInPages = 64;

    public async IAsyncEnumerable<List<PoolDocument>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int high = await FindNewestAsync(cancellationToken).ConfigureAwait(false);
        long width = options.PageSize;
        while (high >= 0)
        {
            int low = (int)Math.Max(0, high - width + 1);
            List<PoolDocument> page = await ReadAsync(low, high, cancellationToken).ConfigureAwait(false);
            page.RemoveAll(d => d.Id < low || d.Id > high || d.Type != type);
            page.Sort((a, b) => b.Id.CompareTo(a.Id));
            if (page.Count > 0) yield return page;
            if (page.Count > options.PageSize) width = Math.Max(options.PageSize, width / 2);
            else if (page.Count < options.PageSize / 4 + 1) width = Math.Min(width * 2, (long)options.PageSize * WidestInPages);
            high = low - 1;
        }
    }

    // Servers list newest first unless they are configured otherwise (API_LIST_ORDER); then the last offset is looked for.
    private async Task<int> FindNewestAsync(CancellationToken cancellationToken)
    {
        List<PoolDocument> first = await ReadAsync(0, -2, cancellationToken).ConfigureAwait(false);
        if (first.Count == 0) return -1;
        int newest = first.Max(d => d.Id);
        if (first[0].Id == newest) return newest;
        int at = 1;
        int step = 1;
        while (await IdAtAsync(at + step, cancellationToken).ConfigureAwait(false) is { } id)
        {
            (newest, at, step) = (Math.Max(newest, id), at + step, step * 2);
        }

        for (step /= 2; step > 0; step /= 2)
        {
            if (await IdAtAsync(at + step, cancellationToken).ConfigureAwait(false) is { } id) (newest, at) = (Math.Max(newest, id), at + step);
        }

        return newest;
    }

    // A page of one is "-1" for the server, which means everything: two are asked for.
    private async Task<int?> IdAtAsync(int offset, CancellationToken cancellationToken)
    {
        List<PoolDocument> page = await ReadAsync(offset, -2, cancellationToken).ConfigureAwait(false);
        return page.Count == 0 ? null : page.Max(d => d.Id);
    }

    private async Task<List<PoolDocument>> ReadAsync(int start, int end, CancellationToken cancellationToken)
    {
        var call = new OpenNebulaCall("one.documentpool.info", options.ListFilter, start, end, type);
        return PoolDocumentReader.ReadPool(await rpc.CallAsync(call, cancellationToken).ConfigureAwait(false), options);
    }
}
