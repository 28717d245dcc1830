namespace OneEdge.Config.Formats;

/// <summary>
/// The occurrences of one name in one scope, in order. First, count and finding a value take constant time on average, so that
/// thousands of changes to a repeated attribute stay linear.
/// </summary>
internal sealed class OnedGroup
{
    private const int IndexFrom = 16;

    private readonly List<OnedEditNode> _nodes = [];
    private Dictionary<string, Queue<OnedEditNode>>? _byValue;
    private int _head;

    public int Count { get; private set; }

    public OnedEditNode? First
    {
        get
        {
            while (_head < _nodes.Count && _nodes[_head].IsRemoved) _head++;
            return _head < _nodes.Count ? _nodes[_head] : null;
        }
    }

    public IEnumerable<OnedEditNode> All => _nodes.Skip(_head).Where(n => !n.IsRemoved);

    public void Add(OnedEditNode node)
    {
        _nodes.Add(node);
        Count++;
        if (_byValue is not null) Index(node);
    }

    /// <summary>Takes note that a node is removed.</summary>
    public void OnRemoved() => Count--;

    /// <summary>Writes a value.</summary>
    public void Write(OnedEditNode node, string value)
    {
        node.Write(value);
        _byValue = null;
    }

    /// <summary>The first attribute with a value.</summary>
    public OnedEditNode? WithValue(string value)
    {
        if (Count < IndexFrom && _nodes.Count - _head < IndexFrom * 4) return All.FirstOrDefault(n => n.ValueOrNull == value);
        if (_byValue is null)
        {
            _byValue = new Dictionary<string, Queue<OnedEditNode>>(StringComparer.Ordinal);
            foreach (OnedEditNode node in All) Index(node);
        }

        if (!_byValue.TryGetValue(value, out Queue<OnedEditNode>? found)) return null;
        while (found.TryPeek(out OnedEditNode? node))
        {
            if (!node.IsRemoved) return node;
            found.Dequeue();
        }

        return null;
    }

    /// <summary>The n-th occurrence, from 1.</summary>
    public OnedEditNode? At(int occurrence) => occurrence > Count ? null : All.ElementAtOrDefault(occurrence - 1);

    private void Index(OnedEditNode node)
    {
        if (node.ValueOrNull is not { } value) return;
        ref Queue<OnedEditNode>? queue = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_byValue!, value, out _);
        (queue ??= new Queue<OnedEditNode>(1)).Enqueue(node);
    }
}
