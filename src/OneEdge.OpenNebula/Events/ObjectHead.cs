using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>What tells one state of an object from another, read without making an object.</summary>
internal readonly record struct ObjectHead(int Id, int State, int LcmState)
{
    /// <summary>Reads an object of any kind.</summary>
    /// <param name="reader">On the start of its element; on the end of it afterwards.</param>
    public static ObjectHead Read(ref Utf8XmlReader reader)
    {
        int? id = null, state = null;
        int lcmState = 0, start = reader.Offset;
        while (reader.ReadToChild())
        {
            if (id is null && reader.Name.SequenceEqual("ID"u8)) id = reader.ReadInt32();
            else if (state is null && reader.Name.SequenceEqual("STATE"u8)) state = reader.ReadInt32();
            else if (reader.Name.SequenceEqual("LCM_STATE"u8)) lcmState = reader.ReadInt32();
            else XmlRange.SkipChecked(ref reader);
        }

        if (id is null || state is null) XmlFailure.Malformed(start, "an object without an ID or a STATE");
        return new ObjectHead(id.Value, state.Value, lcmState);
    }
}
