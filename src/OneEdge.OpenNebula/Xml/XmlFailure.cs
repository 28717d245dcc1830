using System.Diagnostics.CodeAnalysis;

namespace OneEdge.OpenNebula.Xml;

/// <summary>The errors of the reader, out of the way of its code.</summary>
internal static class XmlFailure
{
    [DoesNotReturn]
    public static void Malformed(int offset, string message) => throw new OpenNebulaXmlException(OpenNebulaErrorCodes.XmlMalformed, message, offset);

    [DoesNotReturn]
    public static void Forbidden(int offset, string message) => throw new OpenNebulaXmlException(OpenNebulaErrorCodes.XmlForbidden, message, offset);

    [DoesNotReturn]
    public static void Truncated(int offset, string inside) =>
        throw new OpenNebulaXmlException(OpenNebulaErrorCodes.XmlTruncated, $"the text ends inside {inside}", offset);

    [DoesNotReturn]
    public static void Encoding(int offset, string message) => throw new OpenNebulaXmlException(OpenNebulaErrorCodes.XmlEncoding, message, offset);

    [DoesNotReturn]
    public static void Limit(int offset, string message) => throw new OpenNebulaXmlException(OpenNebulaErrorCodes.XmlLimit, message, offset);
}
