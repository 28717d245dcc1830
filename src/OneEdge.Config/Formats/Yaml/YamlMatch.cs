namespace OneEdge.Config.Formats;

/// <summary>Which items of a list stay when it becomes another list.</summary>
internal static class YamlMatch
{
    /// <summary>For each new item the old item that it is, or -1; the old items that stay keep their order, as many as possible.</summary>
    public static int[] Find(IReadOnlyList<ConfigValue> older, IReadOnlyList<ConfigValue> newer)
    {
        int[] match = new int[newer.Count];
        System.Array.Fill(match, -1);
        int head = 0;
        while (head < older.Count && head < newer.Count && older[head].Equals(newer[head])) match[head] = head++;
        int tail = 0;
        while (tail < older.Count - head && tail < newer.Count - head && older[^(tail + 1)].Equals(newer[^(tail + 1)]))
            match[newer.Count - ++tail] = older.Count - tail;

        var places = new Dictionary<ConfigValue, Queue<int>>();
        for (int i = head; i < older.Count - tail; i++)
        {
            if (!places.TryGetValue(older[i], out Queue<int>? queue)) places.Add(older[i], queue = new Queue<int>());
            queue.Enqueue(i);
        }

        int[] candidates = new int[newer.Count];
        for (int j = head; j < newer.Count - tail; j++)
            candidates[j] = places.TryGetValue(newer[j], out Queue<int>? queue) && queue.Count > 0 ? queue.Dequeue() : -1;
        KeepLongestRun(candidates, head, newer.Count - tail, match);
        return match;
    }

    // The longest increasing subsequence, by patience sorting.
    private static void KeepLongestRun(int[] candidates, int from, int to, int[] match)
    {
        var piles = new List<int>();
        int[] before = new int[candidates.Length];
        for (int j = from; j < to; j++)
        {
            if (candidates[j] < 0) continue;
            int low = 0;
            int high = piles.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (candidates[piles[middle]] < candidates[j]) low = middle + 1;
                else high = middle;
            }

            before[j] = low > 0 ? piles[low - 1] : -1;
            if (low == piles.Count) piles.Add(j);
            else piles[low] = j;
        }

        for (int j = piles.Count > 0 ? piles[^1] : -1; j >= 0; j = before[j]) match[j] = candidates[j];
    }
}
