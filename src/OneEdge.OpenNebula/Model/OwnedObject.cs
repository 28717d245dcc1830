namespace OneEdge.OpenNebula;

/// <summary>An object that belongs to a user and a group.</summary>
public abstract record OwnedObject : OpenNebulaObject
{
    private int _ownerId = -1;
    private int _groupId = -1;
    private string _ownerName = "";
    private string _groupName = "";
    private Permissions? _permissions;
    private ObjectLock? _lock;

    private protected OwnedObject()
    {
    }

    /// <summary>The id of the user that owns the object.</summary>
    public int OwnerId
    {
        get => _ownerId;
        init => _ownerId = value;
    }

    /// <summary>The id of the group that owns the object.</summary>
    public int GroupId
    {
        get => _groupId;
        init => _groupId = value;
    }

    /// <summary>The name of the user that owns the object.</summary>
    public string OwnerName
    {
        get => _ownerName;
        init => _ownerName = value;
    }

    /// <summary>The name of the group that owns the object.</summary>
    public string GroupName
    {
        get => _groupName;
        init => _groupName = value;
    }

    /// <summary>Who may do what; <see langword="null"/> when the answer does not tell, as the short form of virtual machines in pools.</summary>
    public Permissions? Permissions
    {
        get => _permissions;
        init => _permissions = value;
    }

    /// <summary>The lock; <see langword="null"/> when the object is not locked, or of a kind that cannot be.</summary>
    public ObjectLock? Lock
    {
        get => _lock;
        init => _lock = value;
    }

    private protected override bool ReadCommon(ref ModelReader reader)
    {
        if (base.ReadCommon(ref reader)) return true;
        if (reader.Is("UID"u8)) _ownerId = reader.Int32();
        else if (reader.Is("GID"u8)) _groupId = reader.Int32();
        else if (reader.Is("UNAME"u8)) _ownerName = reader.SharedText();
        else if (reader.Is("GNAME"u8)) _groupName = reader.SharedText();
        else if (reader.Is("PERMISSIONS"u8)) _permissions = OpenNebula.Permissions.Read(ref reader);
        else if (reader.Is("LOCK"u8)) _lock = ObjectLock.Read(ref reader);
        else return false;
        return true;
    }
}
