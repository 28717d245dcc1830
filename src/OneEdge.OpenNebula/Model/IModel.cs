namespace OneEdge.OpenNebula;

/// <summary>A type that is read from an element of an answer.</summary>
/// <typeparam name="TSelf">The type.</typeparam>
internal interface IModel<TSelf>
    where TSelf : class, IModel<TSelf>
{
    /// <summary>The name of the element.</summary>
    static abstract ReadOnlySpan<byte> ElementName { get; }

    /// <summary>Reads an object.</summary>
    /// <param name="reader">On the start of its element; on the end of it afterwards.</param>
    static abstract TSelf Read(ref ModelReader reader);

    /// <summary>Reads an element that stands in a pool behind an object and belongs to it: the quotas of users and groups.</summary>
    /// <param name="item">The object before it.</param>
    /// <param name="reader">On the start of the element; on the end of it afterwards.</param>
    static virtual TSelf ReadSibling(TSelf item, ref ModelReader reader)
    {
        reader.Skip();
        return item;
    }
}
