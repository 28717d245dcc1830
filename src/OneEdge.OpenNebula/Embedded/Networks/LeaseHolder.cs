using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Who has an address: a machine, a network (a reservation) or a virtual router.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id; -1 for an address that is on hold.</param>
internal readonly record struct LeaseHolder(ObjectKind Kind, int Id)
{
    public static readonly LeaseHolder Hold = new(ObjectKind.Vm, -1);

    /// <summary>The element of a lease that names it.</summary>
    public string Element => Kind == ObjectKind.Net ? "VNET" : Kind.Right;

    /// <summary>Kind and id in one number, as the core keeps them.</summary>
    public string Packed => (Kind.AclBit | (uint)Id).ToString(CultureInfo.InvariantCulture);
}
