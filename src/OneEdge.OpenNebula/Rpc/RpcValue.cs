using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace OneEdge.OpenNebula;

/// <summary>A value of an XML-RPC call or answer. The default is an empty string.</summary>
/// <remarks>
/// A string of an answer stays the bytes that came over the wire until somebody asks for it. <see cref="ToString"/> never shows a
/// text, which may be a secret.
/// </remarks>
public readonly struct RpcValue : IEquatable<RpcValue>
{
    // A string is a string, or bytes of an answer with their place in _bits; the other kinds are in one of the two fields.
    private readonly object? _object;
    private readonly long _bits;

    private RpcValue(RpcValueKind kind, object? value, long bits) => (Kind, _object, _bits) = (kind, value, bits);

    /// <summary>The type of the value.</summary>
    public RpcValueKind Kind { get; }

    /// <summary>Makes a value of a text.</summary>
    /// <param name="value">The text.</param>
    public static RpcValue From(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(RpcValueKind.String, value, 0);
    }

    /// <summary>Makes a value of a number of 32 bits.</summary>
    /// <param name="value">The number.</param>
    public static RpcValue From(int value) => new(RpcValueKind.Int32, null, value);

    /// <summary>Makes a value of a number of 64 bits, which OpenNebula does not take for one of 32 bits.</summary>
    /// <param name="value">The number.</param>
    public static RpcValue From(long value) => new(RpcValueKind.Int64, null, value);

    /// <summary>Makes a value of a yes or no.</summary>
    /// <param name="value">The answer.</param>
    public static RpcValue From(bool value) => new(RpcValueKind.Boolean, null, value ? 1 : 0);

    /// <summary>Makes a value of a number with a fraction.</summary>
    /// <param name="value">The number.</param>
    public static RpcValue From(double value) => new(RpcValueKind.Double, null, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Makes an array.</summary>
    /// <param name="items">The values, in order.</param>
    public static RpcValue Array(params ReadOnlySpan<RpcValue> items) => OwnedArray(items.ToArray());

    /// <summary>Makes a struct.</summary>
    /// <param name="members">The values by name, in the order in which they are written.</param>
    /// <exception cref="ArgumentException">A name stands twice.</exception>
    public static RpcValue Struct(params ReadOnlySpan<KeyValuePair<string, RpcValue>> members)
    {
        var byName = new OrderedDictionary<string, RpcValue>(members.Length, StringComparer.Ordinal);
        foreach ((string name, RpcValue value) in members) byName.Add(name, value);
        return OwnedStruct(byName);
    }

    /// <inheritdoc cref="From(string)"/>
    public static implicit operator RpcValue(string value) => From(value);

    /// <inheritdoc cref="From(int)"/>
    public static implicit operator RpcValue(int value) => From(value);

    /// <inheritdoc cref="From(long)"/>
    public static implicit operator RpcValue(long value) => From(value);

    /// <inheritdoc cref="From(bool)"/>
    public static implicit operator RpcValue(bool value) => From(value);

    /// <inheritdoc cref="From(double)"/>
    public static implicit operator RpcValue(double value) => From(value);

    /// <summary>The text.</summary>
    /// <exception cref="OpenNebulaException">The value is no string.</exception>
    public string AsString()
    {
        Expect(RpcValueKind.String);
        return IsFromAnswer ? Encoding.UTF8.GetString(Utf8) : Text;
    }

    /// <summary>The number.</summary>
    /// <exception cref="OpenNebulaException">The value is no number of 32 bits.</exception>
    public int AsInt32()
    {
        Expect(RpcValueKind.Int32);
        return (int)_bits;
    }

    /// <summary>The number, of 32 or of 64 bits.</summary>
    /// <exception cref="OpenNebulaException">The value is no whole number.</exception>
    public long AsInt64()
    {
        if (Kind != RpcValueKind.Int32) Expect(RpcValueKind.Int64);
        return _bits;
    }

    /// <summary>The yes or no.</summary>
    /// <exception cref="OpenNebulaException">The value is no boolean.</exception>
    public bool AsBoolean()
    {
        Expect(RpcValueKind.Boolean);
        return _bits != 0;
    }

    /// <summary>The number with a fraction.</summary>
    /// <exception cref="OpenNebulaException">The value is no double.</exception>
    public double AsDouble()
    {
        Expect(RpcValueKind.Double);
        return BitConverter.Int64BitsToDouble(_bits);
    }

    /// <summary>The values of an array.</summary>
    /// <exception cref="OpenNebulaException">The value is no array.</exception>
    public IReadOnlyList<RpcValue> AsArray()
    {
        Expect(RpcValueKind.Array);
        return System.Array.AsReadOnly((RpcValue[])_object!);
    }

    /// <summary>The values of a struct by name, in the order in which they were written.</summary>
    /// <exception cref="OpenNebulaException">The value is no struct.</exception>
    public IReadOnlyDictionary<string, RpcValue> AsStruct()
    {
        Expect(RpcValueKind.Struct);
        return new ReadOnlyDictionary<string, RpcValue>((OrderedDictionary<string, RpcValue>)_object!);
    }

    /// <inheritdoc/>
    public bool Equals(RpcValue other)
    {
        if (Kind != other.Kind) return false;
        return Kind switch
        {
            RpcValueKind.String => IsFromAnswer && other.IsFromAnswer ? Utf8.SequenceEqual(other.Utf8) : AsString() == other.AsString(),
            RpcValueKind.Array => ((RpcValue[])_object!).AsSpan().SequenceEqual((RpcValue[])other._object!),
            RpcValueKind.Struct => HasSameMembers(other),
            RpcValueKind.Double => AsDouble().Equals(other.AsDouble()),
            _ => _bits == other._bits,
        };
    }

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is RpcValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind switch
    {
        RpcValueKind.String => HashCode.Combine(Kind, AsString()),
        RpcValueKind.Array => HashCode.Combine(Kind, ((RpcValue[])_object!).Length),
        RpcValueKind.Struct => HashCode.Combine(Kind, ((OrderedDictionary<string, RpcValue>)_object!).Count),
        RpcValueKind.Double => HashCode.Combine(Kind, AsDouble()),
        _ => HashCode.Combine(Kind, _bits),
    };

    /// <summary>Compares two values.</summary>
    public static bool operator ==(RpcValue left, RpcValue right) => left.Equals(right);

    /// <summary>Compares two values.</summary>
    public static bool operator !=(RpcValue left, RpcValue right) => !left.Equals(right);

    /// <summary>What kind of value it is, and the value where it is no text.</summary>
    public override string ToString() => Kind switch
    {
        RpcValueKind.String => "string",
        RpcValueKind.Array => string.Create(CultureInfo.InvariantCulture, $"array of {((RpcValue[])_object!).Length}"),
        RpcValueKind.Struct => string.Create(CultureInfo.InvariantCulture, $"struct of {((OrderedDictionary<string, RpcValue>)_object!).Count}"),
        RpcValueKind.Boolean => AsBoolean() ? "true" : "false",
        RpcValueKind.Double => AsDouble().ToString(CultureInfo.InvariantCulture),
        _ => _bits.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The text as UTF-8; no copy when it came with an answer.</summary>
    internal ReadOnlySpan<byte> Utf8
    {
        get
        {
            Expect(RpcValueKind.String);
            return _object is byte[] bytes ? bytes.AsSpan((int)(_bits >> 32), (int)_bits) : Encoding.UTF8.GetBytes(Text);
        }
    }

    /// <summary>The text as UTF-8; no copy when it came with an answer.</summary>
    internal ReadOnlyMemory<byte> Utf8Memory
    {
        get
        {
            Expect(RpcValueKind.String);
            return _object is byte[] bytes ? bytes.AsMemory((int)(_bits >> 32), (int)_bits) : Encoding.UTF8.GetBytes(Text);
        }
    }

    /// <summary>Whether the text came with an answer, whose characters are checked.</summary>
    internal bool IsFromAnswer => _object is byte[];

    internal static RpcValue FromUtf8(byte[] bytes, int start, int length) => new(RpcValueKind.String, bytes, ((long)start << 32) | (uint)length);

    internal static RpcValue OwnedArray(RpcValue[] items) => new(RpcValueKind.Array, items, 0);

    internal static RpcValue OwnedStruct(OrderedDictionary<string, RpcValue> members) => new(RpcValueKind.Struct, members, 0);

    private string Text => (string?)_object ?? "";

    private bool HasSameMembers(RpcValue other)
    {
        var mine = (OrderedDictionary<string, RpcValue>)_object!;
        var theirs = (OrderedDictionary<string, RpcValue>)other._object!;
        return mine.Count == theirs.Count && mine.All(m => theirs.TryGetValue(m.Key, out RpcValue value) && value.Equals(m.Value));
    }

    private void Expect(RpcValueKind kind)
    {
        if (Kind != kind) throw new OpenNebulaException(OpenNebulaErrorCodes.ValueType, $"The value is of type {Kind}, not {kind}.");
    }
}
