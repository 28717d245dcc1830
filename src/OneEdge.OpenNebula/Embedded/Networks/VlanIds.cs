using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>VLANs that networks get by themselves (OpenNebula 6.10 source, src/vnm/VirtualNetworkPool.cc).</summary>
internal sealed class VlanIds
{
    private const int First = 2;
    private const int End = 4095;

    private readonly HashSet<int> _taken = [];
    private readonly Dictionary<int, int> _ofNetworks = [];

    /// <summary>Gives a new network the VLANs that it asks for.</summary>
    /// <returns>Whether it got one.</returns>
    public bool Assign(CloudNetwork network)
    {
        bool isGiven = false;
        if (NetworkDrivers.TakesVlan(network.Driver) && network is { IsVlanAutomatic: true, Vlan: "" })
        {
            network.Vlan = Take(network.Id).ToString(CultureInfo.InvariantCulture);
            isGiven = true;
        }

        if (network is { Driver: "vxlan", IsVlanAutomatic: true, Vlan: "" })
        {
            network.Vlan = (First + network.Id).ToString(CultureInfo.InvariantCulture);
            isGiven = true;
        }

        if (network is { Driver: "ovswitch_vxlan", IsOuterVlanAutomatic: true, OuterVlan: "" })
        {
            network.OuterVlan = (First + network.Id).ToString(CultureInfo.InvariantCulture);
            isGiven = true;
        }

        return isGiven;
    }

    /// <summary>Takes back what a network got of the VLANs of the whole cloud, whatever driver it has now.</summary>
    public void Release(CloudNetwork network)
    {
        if (_ofNetworks.Remove(network.Id, out int id)) _taken.Remove(id);
    }

    private int Take(int network)
    {
        int hint = First + (network % (End - First));
        for (int i = 0; i < End - First; i++)
        {
            int id = First + ((hint - First + i) % (End - First));
            if (!_taken.Add(id)) continue;
            _ofNetworks.Add(network, id);
            return id;
        }

        throw CallRefusal.Internal("Cannot automatically assign VLAN_ID to network.");
    }
}
