using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>
/// Reads a pool page by page, whatever comes and goes meanwhile. Pages are counted from the start of the list, which is sorted by id; objects that are
/// created or deleted move those behind them. So each page must begin with an object that was given already, or one that is newer: then what follows
/// in the page is what follows in the list. Where it does not, the page is asked for anew, further to the front.
/// </summary>
internal static class PoolPages
{
    // A page that gives nothing new is normal while objects are created faster than they are read; so many of them are not.
    private const int MaxIdlePages = 10_000;

    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Func<PoolRange, CancellationToken, Task<IReadOnlyList<T>>> read, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : OpenNebulaObject
    {
        IAsyncEnumerable<IReadOnlyList<T>> pages = ReadPagesAsync(read, static item => item.Id, pageSize, cancellationToken);
        await foreach (IReadOnlyList<T> page in pages.ConfigureAwait(false))
        {
            foreach (T item in page) yield return item;
        }
    }

    /// <summary>The same, a page at a time: what each adds to those before, never empty.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> ReadPagesAsync<T>(
        Func<PoolRange, CancellationToken, Task<IReadOnlyList<T>>> read,
        Func<T, int> idOf,
        int pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var order = new IdOrder();
        int skip = 0, back = 1, idle = 0;
        int? last = null;
        while (true)
        {
            IReadOnlyList<T> page = await read(PoolRange.Page(skip, pageSize), cancellationToken).ConfigureAwait(false);
            order.Check(page, idOf);
            if (++idle > MaxIdlePages) throw IdOrder.Unusable("gives the same objects again and again");
            if (last is { } seen && skip > 0 && (page.Count == 0 || order.IsBehind(idOf(page[0]), seen)))
            {
                // The objects before were deleted: what stands between the last one and this page is not known.
                skip = Math.Max(0, skip - back);
                back = Math.Min(back * 2, pageSize);
                continue;
            }

            IReadOnlyList<T> added = last is { } before ? [.. page.Where(item => order.IsBehind(idOf(item), before))] : page;
            if (added.Count > 0)
            {
                (last, idle, back) = (idOf(added[^1]), 0, 1);
                yield return added;
            }

            // A list that ends, or a server that gives everything at once.
            if (page.Count != pageSize) yield break;
            skip += pageSize - 1;
        }
    }

    /// <summary>The order in which the server lists ids: the option <c>API_LIST_ORDER</c> of <c>oned.conf</c>.</summary>
    private struct IdOrder
    {
        private int _sign;

        public static OpenNebulaException Unusable(string why) =>
            new(OpenNebulaErrorCodes.ModelInvalid, $"The server {why}; its pools cannot be read page by page.");

        public readonly bool IsBehind(int id, int other) => _sign * id.CompareTo(other) > 0;

        public void Check<T>(IReadOnlyList<T> page, Func<T, int> idOf)
        {
            for (int i = 1; i < page.Count; i++)
            {
                int sign = idOf(page[i]).CompareTo(idOf(page[i - 1]));
                if (_sign == 0) _sign = sign;
                if (sign == 0 || sign != _sign) throw Unusable("does not list objects in the order of their ids");
            }
        }
    }
}
