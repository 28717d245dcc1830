using System.Text;
using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>A parameter of a call, or a part of its answer.</summary>
public sealed class ApiParameter : IEquatable<ApiParameter>
{
    private readonly ReadOnlyMemory<byte> _xml;
    private string? _value;

    /// <summary>Creates a parameter.</summary>
    /// <param name="position">Its place, from 1.</param>
    /// <param name="value">Its value.</param>
    public ApiParameter(int position, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        (Position, _value) = (position, value);
    }

    /// <param name="position">Its place, from 1.</param>
    /// <param name="xml">What stands in the element.</param>
    /// <param name="isText">Whether that is text of XML, which stands for another; otherwise it is the value.</param>
    internal ApiParameter(int position, ReadOnlyMemory<byte> xml, bool isText) => (Position, _xml, IsEncoded) = (position, xml, isText);

    /// <summary>Its place, from 1; the session is the first parameter of a call, and its value hidden by the server.</summary>
    public int Position { get; }

    /// <summary>
    /// Its value as the server published it: a number, <c>true</c> or <c>false</c>, a text, or XML. The server hides sessions and passwords behind
    /// <c>****</c>, but nothing else: templates may hold secrets.
    /// </summary>
    public string Value => _value ??= IsEncoded ? DecodeText(_xml.Span) : Encoding.UTF8.GetString(_xml.Span);

    private bool IsEncoded { get; }

    /// <inheritdoc/>
    public bool Equals(ApiParameter? other) => other is not null && Position == other.Position && Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ApiParameter);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Position, Value);

    /// <summary>The place; the value may be a secret.</summary>
    public override string ToString() => FormattableString.Invariant($"parameter {Position}");

    private static string DecodeText(ReadOnlySpan<byte> xml)
    {
        if (!xml.ContainsAny("&\r<"u8)) return Encoding.UTF8.GetString(xml);
        byte[] element = [.. "<V>"u8, .. xml, .. "</V>"u8];
        var reader = new Utf8XmlReader(element, isChecked: true);
        reader.Read();
        return reader.ReadString();
    }
}
