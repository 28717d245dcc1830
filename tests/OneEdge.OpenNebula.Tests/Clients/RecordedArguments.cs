namespace OneEdge.OpenNebula.Tests.Clients;

/// <summary>The parameters of a recorded call after the session, as a typed member takes them.</summary>
internal sealed class RecordedArguments
{
    private readonly Func<int, RpcValueKind, RpcValue> _value;
    private readonly int _count;

    public RecordedArguments(IReadOnlyList<RpcValue> values)
    {
        _count = values.Count;
        _value = (index, kind) =>
        {
            if (index >= values.Count) throw new NoTypedCallException("a parameter is missing");
            return values[index].Kind == kind ? values[index] : throw new NoTypedCallException("a parameter of a wrong type");
        };
    }

    private RecordedArguments(Func<int, RpcValueKind, RpcValue> value) => (_value, _count) = (value, int.MaxValue);

    /// <summary>Parameters that are made up: each is of the type that is asked for.</summary>
    public static RecordedArguments MadeUp { get; } = new((index, kind) => kind switch
    {
        RpcValueKind.Int32 => 1,
        RpcValueKind.Boolean => true,
        RpcValueKind.Array => RpcValue.Array(1),
        _ => "1",
    });

    /// <summary>How many of them the member was given.</summary>
    public int Used { get; private set; }

    public int Int(int index) => Value(index, RpcValueKind.Int32).AsInt32();

    public int? Id(int index) => Int(index) is >= 0 and int id ? id : null;

    public string Text(int index) => Value(index, RpcValueKind.String).AsString();

    public bool Flag(int index) => Value(index, RpcValueKind.Boolean).AsBoolean();

    /// <summary>A flag that older programs leave out.</summary>
    public bool OptionalFlag(int index) => index < _count && Flag(index);

    public int OptionalInt(int index, int missing) => index < _count ? Int(index) : missing;

    public string OptionalText(int index) => index < _count ? Text(index) : "";

    public UpdateMode Mode(int index) => (UpdateMode)OptionalInt(index, 0);

    public PoolFilter Filter => new(Int(0));

    public PoolRange Range => new(Int(1), Int(2));

    public PermissionChange Permissions => new()
    {
        OwnerUse = Right(1),
        OwnerManage = Right(2),
        OwnerAdmin = Right(3),
        GroupUse = Right(4),
        GroupManage = Right(5),
        GroupAdmin = Right(6),
        OtherUse = Right(7),
        OtherManage = Right(8),
        OtherAdmin = Right(9),
    };

    public DateTimeOffset? Time(int index) => Int(index) is >= 0 and int seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    public IReadOnlyList<int> Ids(int index) => [.. Value(index, RpcValueKind.Array).AsArray().Select(v => v.AsInt32())];

    private bool? Right(int index) => Int(index) switch { -1 => null, 0 => false, 1 => true, _ => throw new NoTypedCallException("no such right") };

    private RpcValue Value(int index, RpcValueKind kind)
    {
        RpcValue value = _value(index, kind);
        Used = Math.Max(Used, index + 1);
        return value;
    }
}

/// <summary>A recorded call that a typed member cannot make, on purpose: it was recorded to see what the server says.</summary>
internal sealed class NoTypedCallException(string message) : Exception(message);
