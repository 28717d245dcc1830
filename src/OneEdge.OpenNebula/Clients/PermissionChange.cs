namespace OneEdge.OpenNebula;

/// <summary>A change of permissions: what is <see langword="null"/> stays as it is.</summary>
public sealed record PermissionChange
{
    /// <summary>Whether the owner may use the object.</summary>
    public bool? OwnerUse { get; init; }

    /// <summary>Whether the owner may manage the object.</summary>
    public bool? OwnerManage { get; init; }

    /// <summary>Whether the owner may administer the object.</summary>
    public bool? OwnerAdmin { get; init; }

    /// <summary>Whether the group may use the object.</summary>
    public bool? GroupUse { get; init; }

    /// <summary>Whether the group may manage the object.</summary>
    public bool? GroupManage { get; init; }

    /// <summary>Whether the group may administer the object.</summary>
    public bool? GroupAdmin { get; init; }

    /// <summary>Whether everyone else may use the object.</summary>
    public bool? OtherUse { get; init; }

    /// <summary>Whether everyone else may manage the object.</summary>
    public bool? OtherManage { get; init; }

    /// <summary>Whether everyone else may administer the object.</summary>
    public bool? OtherAdmin { get; init; }

    /// <summary>The change that gives an object these permissions.</summary>
    /// <param name="permissions">The permissions.</param>
    public static PermissionChange To(Permissions permissions) => new()
    {
        OwnerUse = permissions.OwnerUse,
        OwnerManage = permissions.OwnerManage,
        OwnerAdmin = permissions.OwnerAdmin,
        GroupUse = permissions.GroupUse,
        GroupManage = permissions.GroupManage,
        GroupAdmin = permissions.GroupAdmin,
        OtherUse = permissions.OtherUse,
        OtherManage = permissions.OtherManage,
        OtherAdmin = permissions.OtherAdmin,
    };

    /// <summary>The change that gives an object these permissions.</summary>
    /// <param name="octal">Three octal digits, such as <c>640</c>.</param>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static PermissionChange ToOctal(string octal) => To(Permissions.FromOctal(octal));

    /// <summary>The nine numbers that the server takes: 1, 0, or -1 to keep.</summary>
    internal RpcValue[] Values() =>
    [
        Value(OwnerUse), Value(OwnerManage), Value(OwnerAdmin), Value(GroupUse), Value(GroupManage), Value(GroupAdmin),
        Value(OtherUse), Value(OtherManage), Value(OtherAdmin),
    ];

    private static RpcValue Value(bool? right) => right switch { null => -1, true => 1, false => 0 };
}
