namespace OneEdge.OpenNebula;

/// <summary>A text of the server is not the XML that it should be.</summary>
public sealed class OpenNebulaXmlException : OpenNebulaException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="code">One of the <c>Xml</c> codes of <see cref="OpenNebulaErrorCodes"/>.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="offset">The byte at which it is wrong, from 0.</param>
    public OpenNebulaXmlException(string code, string message, int offset)
        : base(code, FormattableString.Invariant($"XML, byte {offset}: {message}")) => Offset = offset;

    /// <summary>The byte at which the text is wrong, from 0.</summary>
    public int Offset { get; }
}
