namespace OneEdge.OpenNebula.Embedded;

/// <summary>A cloud without networks: NICs that name one are refused.</summary>
internal sealed class NoNetworks : IVmNics
{
    public TemplateAttribute Take(Caller caller, CloudVm vm, TemplateAttribute nic)
    {
        if (nic.Get("NETWORK_ID") is { } id) throw CallRefusal.Internal($"Virtual network with ID: {id} does not exist");
        if (nic.Get("NETWORK") is not { } name) return nic;
        throw CallRefusal.Internal(
            FormattableString.Invariant($"User {caller.Uid} does not own a network with name: {name} . ")
            + "Set NETWORK_UNAME or NETWORK_UID of owner in NIC.");
    }

    public IEnumerable<TemplateAttribute> Rules(CloudVm vm) => [];

    public void Release(CloudVm vm, TemplateAttribute nic)
    {
    }
}
