using System.Text;
using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>The object that the message about a call carries: of any kind.</summary>
internal static class ExtraObject
{
    public static OpenNebulaObject? Read(ReadOnlyMemory<byte> xml)
    {
        var reader = new Utf8XmlReader(xml.Span, isChecked: true);
        reader.Read();
        return Encoding.UTF8.GetString(reader.Name) switch
        {
            "VM" => Parse<VirtualMachine>(xml),
            "HOST" => Parse<Host>(xml),
            "IMAGE" => Parse<Image>(xml),
            "VNET" => Parse<VirtualNetwork>(xml),
            "DOCUMENT" => Parse<Document>(xml),
            "USER" => Parse<User>(xml),
            "GROUP" => Parse<Group>(xml),
            "CLUSTER" => Parse<Cluster>(xml),
            "DATASTORE" => Parse<Datastore>(xml),
            "VMTEMPLATE" => Parse<VmTemplate>(xml),
            "VNTEMPLATE" => Parse<VirtualNetworkTemplate>(xml),
            "MARKETPLACE" => Parse<Marketplace>(xml),
            "MARKETPLACEAPP" => Parse<MarketplaceApp>(xml),
            "SECURITY_GROUP" => Parse<SecurityGroup>(xml),
            "VROUTER" => Parse<VirtualRouter>(xml),
            "VM_GROUP" => Parse<VmGroup>(xml),
            "VDC" => Parse<VirtualDataCenter>(xml),
            "ZONE" => Parse<Zone>(xml),
            "HOOK" => Parse<Hook>(xml),
            "BACKUPJOB" => Parse<BackupJob>(xml),
            _ => null,
        };
    }

    private static T Parse<T>(ReadOnlyMemory<byte> xml)
        where T : OpenNebulaObject, IModel<T> => ModelReader.Parse<T>(xml, isChecked: true);
}
