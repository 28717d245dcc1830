using System.Globalization;

namespace OneEdge.OpenNebula;

/// <summary>Who may use, manage and administer an object: its owner, its group, everyone else.</summary>
/// <param name="Bits">Nine bits: use, manage, admin of the owner in the highest three, of the others in the lowest, as in <c>chmod</c>.</param>
public readonly record struct Permissions(int Bits)
{
    private const int Mask = 0b111_111_111;

    /// <summary>Whether the owner may use the object.</summary>
    public bool OwnerUse => Has(8);

    /// <summary>Whether the owner may manage the object.</summary>
    public bool OwnerManage => Has(7);

    /// <summary>Whether the owner may administer the object.</summary>
    public bool OwnerAdmin => Has(6);

    /// <summary>Whether the group may use the object.</summary>
    public bool GroupUse => Has(5);

    /// <summary>Whether the group may manage the object.</summary>
    public bool GroupManage => Has(4);

    /// <summary>Whether the group may administer the object.</summary>
    public bool GroupAdmin => Has(3);

    /// <summary>Whether everyone else may use the object.</summary>
    public bool OtherUse => Has(2);

    /// <summary>Whether everyone else may manage the object.</summary>
    public bool OtherManage => Has(1);

    /// <summary>Whether everyone else may administer the object.</summary>
    public bool OtherAdmin => Has(0);

    /// <summary>Reads three octal digits.</summary>
    /// <param name="octal">For example <c>640</c>: the owner uses and manages, the group uses.</param>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static Permissions FromOctal(string octal)
    {
        ArgumentNullException.ThrowIfNull(octal);
        if (octal.Length != 3 || octal.AsSpan().ContainsAnyExceptInRange('0', '7'))
            throw new FormatException("Permissions are three digits from 0 to 7, such as 640.");
        return new Permissions(((octal[0] - '0') << 6) | ((octal[1] - '0') << 3) | (octal[2] - '0'));
    }

    /// <summary>Three octal digits, as <c>chmod</c> of the command line takes them.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Bits >> 6) & 7}{(Bits >> 3) & 7}{Bits & 7}");

    internal static Permissions Read(ref ModelReader reader)
    {
        int bits = 0;
        while (reader.Next())
        {
            int bit = BitOf(reader.Name);
            if (bit < 0) reader.Skip();
            else if (reader.Int32() != 0) bits |= 1 << bit;
        }

        return new Permissions(bits & Mask);
    }

    private bool Has(int bit) => (Bits & (1 << bit)) != 0;

    // OWNER_U, OWNER_M, OWNER_A, GROUP_U...
    private static int BitOf(ReadOnlySpan<byte> name)
    {
        if (name.Length != 7 || name[5] != '_') return -1;
        int group = name[..5].SequenceEqual("OWNER"u8) ? 6 : name[..5].SequenceEqual("GROUP"u8) ? 3 : name[..5].SequenceEqual("OTHER"u8) ? 0 : -1;
        int right = name[6] switch { (byte)'U' => 2, (byte)'M' => 1, (byte)'A' => 0, _ => -1 };
        return group < 0 || right < 0 ? -1 : group + right;
    }
}
