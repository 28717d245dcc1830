namespace OneEdge.OpenNebula.Embedded;

/// <summary>The nine permission bits of an object: use, manage and admin for owner, group and others, from bit 8 down.</summary>
internal readonly record struct CloudPermissions(int Bits)
{
    private static readonly string[] Names =
        ["OWNER_U", "OWNER_M", "OWNER_A", "GROUP_U", "GROUP_M", "GROUP_A", "OTHER_U", "OTHER_M", "OTHER_A"];

    /// <summary>What the usual umask 177 leaves: the owner uses and manages.</summary>
    public static readonly CloudPermissions Usual = new(0b110_000_000);

    /// <summary>What datastores get: the group uses them too.</summary>
    public static readonly CloudPermissions OfDatastore = new(0b110_100_000);

    public bool this[int index] => (Bits >> (8 - index) & 1) != 0;

    public CloudPermissions With(int index, bool value)
    {
        int bit = 1 << (8 - index);
        return new CloudPermissions(value ? Bits | bit : Bits & ~bit);
    }

    /// <summary>The rights of the owner (0), the group (1) or others (2), by the numbers of <see cref="AccessOperation"/>.</summary>
    public AccessOperation RightsOf(int who)
    {
        AccessOperation rights = AccessOperation.None;
        if (this[who * 3]) rights |= AccessOperation.Use;
        if (this[(who * 3) + 1]) rights |= AccessOperation.Manage;
        if (this[(who * 3) + 2]) rights |= AccessOperation.Admin;
        return rights;
    }

    public void Write(XmlText xml)
    {
        xml.Open("PERMISSIONS");
        for (int i = 0; i < Names.Length; i++) xml.Element(Names[i], this[i] ? 1 : 0);
        xml.Close("PERMISSIONS");
    }
}
