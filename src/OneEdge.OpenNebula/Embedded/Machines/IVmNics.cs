namespace OneEdge.OpenNebula.Embedded;

/// <summary>What networks do for the NICs of machines.</summary>
internal interface IVmNics
{
    /// <summary>Completes a NIC that names a network, and takes a lease for the machine. A NIC without a network is given back as it is.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="vm">The machine.</param>
    /// <param name="nic">The <c>NIC</c> of the caller.</param>
    /// <returns>The NIC as the machine keeps it, without <c>NIC_ID</c>.</returns>
    /// <exception cref="CallRefusal">There is no such network, or no lease; what it means for the call, the caller says.</exception>
    TemplateAttribute Take(Caller caller, CloudVm vm, TemplateAttribute nic);

    /// <summary>The rules (<c>SECURITY_GROUP_RULE</c>) of the security groups that the NICs of a machine are in.</summary>
    IEnumerable<TemplateAttribute> Rules(CloudVm vm);

    /// <summary>Gives the lease of a NIC back.</summary>
    void Release(CloudVm vm, TemplateAttribute nic);

    /// <summary>A machine came to its end: no security group has it any more, those of NICs without a network neither.</summary>
    void Forget(CloudVm vm);
}
