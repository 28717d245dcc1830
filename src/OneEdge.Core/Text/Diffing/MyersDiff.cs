namespace OneEdge.Text;

/// <summary>
/// Myers' O(ND) comparison in linear space: both ends of the edit graph are searched at once and the work is divided where the searches meet.
/// </summary>
/// <remarks>
/// The result is minimal until <see cref="Budget"/> steps are spent; from then on a search that has gone <see cref="HurriedCost"/> edits deep is cut
/// at its furthest point, which gives a correct, perhaps longer, result in time that is about linear.
/// </remarks>
internal sealed class MyersDiff
{
    private const long Budget = 50_000_000;
    private const int HurriedCost = 128;

    private readonly int[] _a;
    private readonly int[] _b;
    private readonly ChangedLines _oldChanged;
    private readonly ChangedLines _newChanged;
    private readonly int[] _forward;
    private readonly int[] _backward;
    private readonly int _origin;
    private long _work;

    public MyersDiff(int[] a, int[] b, ChangedLines oldChanged, ChangedLines newChanged)
    {
        _a = a;
        _b = b;
        _oldChanged = oldChanged;
        _newChanged = newChanged;
        _origin = b.Length + 1;
        _forward = new int[a.Length + b.Length + 3];
        _backward = new int[a.Length + b.Length + 3];
    }

    // A part of both texts that is still to be compared.
    private readonly record struct Box(int Left, int Right, int Top, int Bottom);

    // The diagonals (place in a minus place in b) that a search has reached.
    private struct Reach(int diagonal)
    {
        public int Min = diagonal;
        public int Max = diagonal;

        // One edit more: the neighbours outside are marked so that the search never comes from there.
        public void Grow(Box box, int[] ends, int origin, int unreached)
        {
            if (Min > box.Left - box.Bottom) ends[origin + --Min - 1] = unreached;
            else Min++;
            if (Max < box.Right - box.Top) ends[origin + ++Max + 1] = unreached;
            else Max--;
        }

        public readonly bool Holds(int diagonal) => Min <= diagonal && diagonal <= Max;
    }

    public void Run()
    {
        var open = new Stack<Box>();
        open.Push(new Box(0, _a.Length, 0, _b.Length));
        while (open.TryPop(out Box box))
        {
            box = Trim(box);
            if (box.Left == box.Right || box.Top == box.Bottom)
            {
                for (int i = box.Left; i < box.Right; i++) _oldChanged[i] = true;
                for (int j = box.Top; j < box.Bottom; j++) _newChanged[j] = true;
                continue;
            }

            (int x, int y) = Meet(box);
            open.Push(new Box(x, box.Right, y, box.Bottom));
            open.Push(new Box(box.Left, x, box.Top, y));
        }
    }

    private Box Trim(Box box)
    {
        int prefix = _a.AsSpan(box.Left..box.Right).CommonPrefixLength(_b.AsSpan(box.Top..box.Bottom));
        (int left, int top, int right, int bottom) = (box.Left + prefix, box.Top + prefix, box.Right, box.Bottom);
        while (left < right && top < bottom && _a[right - 1] == _b[bottom - 1])
        {
            right--;
            bottom--;
        }

        return new Box(left, right, top, bottom);
    }

    private (int X, int Y) Meet(Box box)
    {
        int start = box.Left - box.Top;
        int end = box.Right - box.Bottom;
        bool odd = ((start - end) & 1) != 0;
        var forward = new Reach(start);
        var backward = new Reach(end);
        _forward[_origin + start] = box.Left;
        _backward[_origin + end] = box.Right;
        for (int cost = 1; ; cost++)
        {
            forward.Grow(box, _forward, _origin, unreached: -1);
            for (int d = forward.Max; d >= forward.Min; d -= 2)
            {
                int x = Advance(box, d);
                if (odd && backward.Holds(d) && _backward[_origin + d] <= x) return (x, x - d);
            }

            backward.Grow(box, _backward, _origin, unreached: int.MaxValue);
            for (int d = backward.Max; d >= backward.Min; d -= 2)
            {
                int x = Retreat(box, d);
                if (!odd && forward.Holds(d) && x <= _forward[_origin + d]) return (x, x - d);
            }

            if (cost >= HurriedCost && _work > Budget) return Furthest(box, forward, backward);
        }
    }

    private int Advance(Box box, int diagonal)
    {
        int low = _forward[_origin + diagonal - 1];
        int high = _forward[_origin + diagonal + 1];
        int from = low < high ? high : low + 1;
        int x = from;
        while (x < box.Right && x - diagonal < box.Bottom && _a[x] == _b[x - diagonal]) x++;
        _work += x - from + 1;
        return _forward[_origin + diagonal] = x;
    }

    private int Retreat(Box box, int diagonal)
    {
        int low = _backward[_origin + diagonal - 1];
        int high = _backward[_origin + diagonal + 1];
        int from = low < high ? low : high - 1;
        int x = from;
        while (x > box.Left && x - diagonal > box.Top && _a[x - 1] == _b[x - diagonal - 1]) x--;
        _work += from - x + 1;
        return _backward[_origin + diagonal] = x;
    }

    // The point of either search that lies furthest from where the search began.
    private (int X, int Y) Furthest(Box box, Reach forward, Reach backward)
    {
        (int x, int y) best = (box.Left, box.Top);
        int bestGain = 0;
        for (int d = forward.Max; d >= forward.Min; d -= 2)
        {
            int x = Math.Min(Math.Min(_forward[_origin + d], box.Right), box.Bottom + d);
            int gain = x - box.Left + (x - d - box.Top);
            if (gain > bestGain) (best, bestGain) = ((x, x - d), gain);
        }

        for (int d = backward.Max; d >= backward.Min; d -= 2)
        {
            int x = Math.Max(Math.Max(_backward[_origin + d], box.Left), box.Top + d);
            int gain = box.Right - x + (box.Bottom - (x - d));
            if (gain > bestGain) (best, bestGain) = ((x, x - d), gain);
        }

        return best;
    }
}
