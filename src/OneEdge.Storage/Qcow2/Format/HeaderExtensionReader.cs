using static OneEdge.Storage.HeaderFields;

namespace OneEdge.Storage;

/// <summary>Reads the list of header extensions, from the end of the header to the name of the backing file or the end of the first cluster.</summary>
internal sealed class HeaderExtensionReader(HeaderWindow window, Qcow2Header header, string file)
{
    private const int EntryHeader = 8;

    /// <summary>The names of features, once the list is read.</summary>
    public FeatureNames FeatureNames { get; private set; }

    /// <summary>Reads the list.</summary>
    /// <param name="end">Where it ends at the latest.</param>
    /// <returns>The header with what the list adds.</returns>
    public Qcow2Header Read(int end)
    {
        List<Qcow2HeaderExtension> extensions = [];
        string? backingFormat = null, dataFile = null;
        for (int offset = header.HeaderLength; offset < end;)
        {
            if (offset + EntryHeader > end) throw Refused("the list of header extensions is cut off.", offset);
            uint type = window.UInt32(offset), length = window.UInt32(offset + 4);
            if (length > end - offset - EntryHeader) throw Refused($"a header extension of {length} bytes does not fit.", offset);
            if (type == 0) break;
            // A copy: the window may be replaced by a longer one.
            var extension = new Qcow2HeaderExtension(type, window.Bytes(offset + EntryHeader, (int)length).ToArray());
            extensions.Add(extension);
            switch (type)
            {
                case Qcow2HeaderExtensionType.BackingFormat:
                    if (length > MaxBackingFormatBytes) throw Refused(
                        $"the format of the backing file has {length} bytes; at most {MaxBackingFormatBytes} are allowed.", offset);
                    backingFormat = FormatText.CString(extension.Data.Span);
                    break;
                case Qcow2HeaderExtensionType.ExternalDataFile:
                    dataFile = FormatText.CString(extension.Data.Span);
                    break;
                case Qcow2HeaderExtensionType.FeatureNames:
                    FeatureNames = new FeatureNames(extension.Data);
                    break;
            }

            offset += EntryHeader + (((int)length + 7) & ~7);
        }

        return header with { Extensions = extensions, BackingFormat = backingFormat is { Length: > 0 } ? backingFormat : null, DataFile = dataFile };
    }

    private Qcow2Exception Refused(string reason, int at) => new(StorageErrorCodes.HeaderExtension, file, reason, at);
}
