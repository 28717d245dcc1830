using System.Text;

namespace OneEdge.OpenNebula;

/// <summary>The calls about one document.</summary>
internal sealed class DocumentCalls(IOpenNebulaRpc rpc, OpenNebulaDocumentStoreOptions options)
{
    // An update of this mode replaces the elements that it names and leaves the others.
    private const int Merge = 1;

    public async Task<RpcValue> CallAsync(int id, OpenNebulaCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await rpc.CallAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (OpenNebulaCallException e) when (e.Kind == OpenNebulaErrorKind.NoExists)
        {
            throw new DocumentNotFoundException(id, e);
        }
    }

    /// <summary>Asks for the decrypted document: the server passes over it when the user may not have that.</summary>
    public static OpenNebulaCall Info(int id) => new("one.document.info", id, true);

    public async Task<PoolDocument> ReadAsync(int id, CancellationToken cancellationToken) =>
        PoolDocumentReader.ReadOne(await CallAsync(id, Info(id), cancellationToken).ConfigureAwait(false), options);

    public Task MergeAsync(int id, string element, string text, CancellationToken cancellationToken) =>
        CallAsync(id, new OpenNebulaCall("one.document.update", id, Template(null, element, text), Merge), cancellationToken);

    /// <summary>A template in the XML form.</summary>
    /// <param name="name">The name of the document, if it is to have one.</param>
    /// <param name="element">The one element of the template.</param>
    /// <param name="text">Its text, without <c>]]&gt;</c>.</param>
    public static string Template(string? name, string element, string text)
    {
        var xml = new StringBuilder("<TEMPLATE>", text.Length + 128);
        // Names have none of the characters that XML writes otherwise.
        if (name is not null) xml.Append("<NAME>").Append(name).Append("</NAME>");
        return xml.Append('<').Append(element).Append("><![CDATA[").Append(text).Append("]]></").Append(element).Append("></TEMPLATE>").ToString();
    }
}
