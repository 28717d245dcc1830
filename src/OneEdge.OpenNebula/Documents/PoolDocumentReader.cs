using System.Globalization;
using System.Text;
using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>Reads documents out of answers of the server.</summary>
internal ref struct PoolDocumentReader
{
    private readonly OpenNebulaDocumentStoreOptions _options;
    private readonly Dictionary<string, byte[]?> _bodies;
    private Utf8XmlReader _xml;
    private int _id;
    private int _type;
    private string _name;
    private (int User, string UserName, int Group, string GroupName, int Bits) _owner;
    private PoolLock? _lock;
    private string? _breaker;

    private PoolDocumentReader(RpcValue answer, OpenNebulaDocumentStoreOptions options)
    {
        _options = options;
        _xml = new Utf8XmlReader(answer.Utf8, answer.IsFromAnswer);
        _name = "";
        _bodies = [];
    }

    /// <summary>The document of an answer of <c>one.document.info</c>.</summary>
    public static PoolDocument ReadOne(RpcValue answer, OpenNebulaDocumentStoreOptions options)
    {
        var reader = new PoolDocumentReader(answer, options);
        reader._xml.Read();
        PoolDocument document = reader.Read();
        while (reader._xml.Read())
        {
            // To the end, which must be there.
        }

        return document;
    }

    /// <summary>The documents of an answer of <c>one.documentpool.info</c>.</summary>
    public static List<PoolDocument> ReadPool(RpcValue answer, OpenNebulaDocumentStoreOptions options)
    {
        List<PoolDocument> documents = [];
        var reader = new PoolDocumentReader(answer, options);
        reader._xml.Read();
        while (reader._xml.ReadToChild()) documents.Add(reader.Read());
        while (reader._xml.Read())
        {
            // To the end, which must be there.
        }

        return documents;
    }

    private PoolDocument Read()
    {
        (_id, _type, _name, _owner, _lock, _breaker) = (-1, -1, "", (-1, "", -1, "", 0), null, null);
        _bodies.Clear();
        int offset = _xml.Offset;
        while (_xml.ReadToChild())
        {
            ReadOnlySpan<byte> name = _xml.Name;
            if (name.SequenceEqual("ID"u8)) _id = _xml.ReadInt32();
            else if (name.SequenceEqual("TYPE"u8)) _type = _xml.ReadInt32();
            else if (name.SequenceEqual("NAME"u8)) _name = _xml.ReadString();
            else if (name.SequenceEqual("UID"u8)) _owner.User = _xml.ReadInt32();
            else if (name.SequenceEqual("GID"u8)) _owner.Group = _xml.ReadInt32();
            else if (name.SequenceEqual("UNAME"u8)) _owner.UserName = _xml.ReadString();
            else if (name.SequenceEqual("GNAME"u8)) _owner.GroupName = _xml.ReadString();
            else if (name.SequenceEqual("PERMISSIONS"u8)) ReadPermissions();
            else if (name.SequenceEqual("LOCK"u8)) ReadLock();
            else if (name.SequenceEqual("TEMPLATE"u8)) ReadTemplate();
            else _xml.SkipElement();
        }

        if (_id < 0 || _type < 0) XmlFailure.Malformed(offset, "a document without an id or a type");
        return Finish();
    }

    private readonly PoolDocument Finish()
    {
        string element = _options.ElementOf((DocumentType)_type);
        _bodies.TryGetValue(element, out byte[]? body);
        string? problem = body is null
            ? $"it has no text in {element}"
            : DocumentRules.ProblemOfBody(body, _options.Limits.MaxDepth, allowsReserved: true);
        bool isHidden = body is not null && problem is not null && _options.EncryptedElements.Contains(element);
        if (isHidden) problem = $"{element} is encrypted, and the server decrypts it for members of the group oneadmin only";
        (ReadOnlyMemory<byte> content, BodyMeta meta) = problem is null ? BodyEnvelope.Split(body, _id) : (body ?? [], BodyMeta.None);
        string permissions = string.Create(CultureInfo.InvariantCulture, $"{_owner.Bits >> 6}{(_owner.Bits >> 3) & 7}{_owner.Bits & 7}");
        return new PoolDocument
        {
            Id = _id,
            Type = (DocumentType)_type,
            Name = _name,
            Owner = new DocumentOwner(_owner.User, _owner.UserName, _owner.Group, _owner.GroupName, permissions),
            Content = content,
            Meta = meta,
            Problem = problem,
            IsHidden = isHidden,
            Lock = _lock,
            Breaker = _breaker,
        };
    }

    // The same digits as chmod: use 4, manage 2, administer 1.
    private void ReadPermissions()
    {
        while (_xml.ReadToChild())
        {
            ReadOnlySpan<byte> name = _xml.Name;
            int group = name.StartsWith("OWNER_"u8) ? 6 : name.StartsWith("GROUP_"u8) ? 3 : name.StartsWith("OTHER_"u8) ? 0 : -1;
            int right = name.EndsWith("_U"u8) ? 2 : name.EndsWith("_M"u8) ? 1 : name.EndsWith("_A"u8) ? 0 : -1;
            if (group < 0 || right < 0) _xml.SkipElement();
            else if (_xml.ReadInt32() != 0) _owner.Bits |= 1 << (group + right);
        }
    }

    private void ReadLock()
    {
        (int level, int owner, long time, int request) = (0, -1, 0, -1);
        while (_xml.ReadToChild())
        {
            ReadOnlySpan<byte> name = _xml.Name;
            if (name.SequenceEqual("LOCKED"u8)) level = _xml.ReadInt32();
            else if (name.SequenceEqual("OWNER"u8)) owner = _xml.ReadInt32();
            else if (name.SequenceEqual("TIME"u8)) time = _xml.ReadInt64();
            else if (name.SequenceEqual("REQ_ID"u8)) request = _xml.ReadInt32();
            else _xml.SkipElement();
        }

        if (level != 0) _lock = new PoolLock(level, owner, time, request);
    }

    // Of elements with one name the first one counts, as for the original.
    private void ReadTemplate()
    {
        string? body = _type < 0 ? null : _options.ElementOf((DocumentType)_type);
        while (_xml.ReadToChild())
        {
            bool isBreaker = _xml.Name.SequenceEqual(DocumentMutex.BreakerElement);
            string? name = isBreaker || (body is not null && Encoding.UTF8.GetString(_xml.Name) != body) ? null : Encoding.UTF8.GetString(_xml.Name);
            if (!isBreaker && (name is null || _bodies.ContainsKey(name)))
            {
                _xml.SkipElement();
                continue;
            }

            byte[]? text = ReadText();
            if (isBreaker) _breaker = text is null ? null : Encoding.UTF8.GetString(text);
            else _bodies.Add(name!, text);
        }
    }

    // An element inside makes it a vector, which no body is.
    private byte[]? ReadText()
    {
        var ahead = _xml;
        int depth = ahead.Depth;
        while (ahead.Read() && (ahead.Kind != XmlTokenKind.EndElement || ahead.Depth != depth))
        {
            if (ahead.Kind != XmlTokenKind.StartElement) continue;
            _xml.SkipElement();
            return null;
        }

        return _xml.ReadContent().ToArray();
    }
}
