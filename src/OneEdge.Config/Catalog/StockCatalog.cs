namespace OneEdge.Config;

/// <summary>The files of OpenNebula 5.12 to 7.4 (source: <c>src/onecfg/share/etc/files.yaml</c> of 7.4.0 and 6.10.5).</summary>
internal static class StockCatalog
{
    private static readonly Version Seven = new(7, 0);

    public static IReadOnlyList<ConfigCatalogEntry> Entries { get; } =
    [
        // Augeas::ONE
        new("/etc/one/monitord.conf", ConfigFormat.Oned),
        new("/etc/one/oned.conf", ConfigFormat.Oned),
        new("/etc/one/sched.conf", ConfigFormat.Oned),
        new("/etc/one/schedulers/rank.conf", ConfigFormat.Oned, Since: Seven),
        new("/etc/one/vmm_exec/vmm_exec_kvm.conf", ConfigFormat.Oned),
        new("/etc/one/vmm_exec/vmm_exec_vcenter.conf", ConfigFormat.Oned),

        // Augeas::Shell
        new("/etc/one/defaultrc", ConfigFormat.Shell),
        new("/etc/one/hm/hmrc", ConfigFormat.Shell),
        new("/etc/one/tmrc", ConfigFormat.Shell),
        new("/etc/one/guacd", ConfigFormat.Shell),
        new("/etc/one/vmm_exec/vmm_execrc", ConfigFormat.Shell),
        new("/var/lib/one/remotes/etc/datastore/datastore.conf", ConfigFormat.Shell),
        new("/var/lib/one/remotes/etc/datastore/ceph/ceph.conf", ConfigFormat.Shell),
        new("/var/lib/one/remotes/etc/datastore/fs/fs.conf", ConfigFormat.Shell),
        new("/var/lib/one/remotes/etc/market/http/http.conf", ConfigFormat.Shell),
        new("/var/lib/one/remotes/etc/tm/fs_lvm/fs_lvm.conf", ConfigFormat.Shell),
        new("/var/lib/one/remotes/etc/tm/ssh/sshrc", ConfigFormat.Shell),
        new("/var/lib/one/remotes/etc/vmm/kvm/kvmrc", ConfigFormat.Shell),
        new("/var/lib/one/remotes/datastore/ceph/ceph.conf", ConfigFormat.Shell),
        new("/var/lib/one/remotes/vmm/kvm/kvmrc", ConfigFormat.Shell),

        // Yaml
        new("/etc/one/auth/server_x509_auth.conf", ConfigFormat.Yaml),
        new("/etc/one/auth/x509_auth.conf", ConfigFormat.Yaml),
        new("/etc/one/az_driver.conf", ConfigFormat.Yaml),
        new("/etc/one/ec2_driver.conf", ConfigFormat.Yaml),
        new("/etc/one/econe.conf", ConfigFormat.Yaml),
        new("/etc/one/fireedge-server.conf", ConfigFormat.Yaml),
        new("/etc/one/fireedge/provision/provision-server.conf", ConfigFormat.Yaml),
        new("/etc/one/fireedge/provision/providers.d/*.yaml", ConfigFormat.Yaml),
        new("/etc/one/fireedge/provision/providers.d-extra/*.yaml", ConfigFormat.Yaml),
        new("/etc/one/fireedge/sunstone/sunstone-server.conf", ConfigFormat.Yaml),
        new("/etc/one/fireedge/sunstone/profiles/base.template", ConfigFormat.Yaml, Since: Seven),
        new("/etc/one/fireedge/sunstone/*/*.yaml", ConfigFormat.Yaml),
        new("/etc/one/fireedge/sunstone/*/*/*.yaml", ConfigFormat.Yaml, Since: Seven),
        new("/etc/one/fireedge/sunstone/sunstone-views.yaml", ConfigFormat.Yaml, Until: Seven),
        new("/etc/one/fireedge/sunstone/*.yaml", ConfigFormat.Yaml, Since: Seven),
        new("/etc/one/oneflow-server.conf", ConfigFormat.Yaml),
        new("/etc/one/onegate-server.conf", ConfigFormat.Yaml),
        new("/etc/one/sunstone-server.conf", ConfigFormat.Yaml),
        new("/etc/one/onehem-server.conf", ConfigFormat.Yaml),
        new("/etc/one/sunstone-views/**/*.yaml", ConfigFormat.Yaml),
        new("/etc/one/sunstone-views.yaml", ConfigFormat.Yaml),
        new("/etc/one/vcenter_driver.conf", ConfigFormat.Yaml),
        new("/etc/one/alertmanager/alertmanager.yml", ConfigFormat.Yaml),
        new("/etc/one/prometheus/prometheus.yml", ConfigFormat.Yaml),
        new("/etc/one/prometheus/rules.yml", ConfigFormat.Yaml),
        new("/etc/one/oneform-server.conf", ConfigFormat.Yaml, Since: Seven),
        new("/etc/one/oneks-server.conf", ConfigFormat.Yaml, Since: Seven),
        new("/var/lib/one/remotes/etc/im/kvm-probes.d/pci.conf", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/im/kvm-probes.d/probe_db.conf", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/im/kvm-probes.d/guestagent.conf", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/im/kvm-probes.d/forecast.conf", ConfigFormat.Yaml, Since: Seven),
        new("/var/lib/one/remotes/etc/im/qemu-probes.d/pci.conf", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/im/qemu-probes.d/forecast.conf", ConfigFormat.Yaml, Since: Seven),
        new("/var/lib/one/remotes/etc/im/qemu-probes.d/probe_db.conf", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/im/lxc-probes.d/probe_db.conf", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/im/lxc-probes.d/forecast.conf", ConfigFormat.Yaml, Since: Seven),
        new("/var/lib/one/remotes/etc/im/lxc-probes.d/pci.conf", ConfigFormat.Yaml, Since: Seven),
        new("/var/lib/one/remotes/etc/im/lxd-probes.d/pci.conf", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/im/lxd-probes.d/probe_db.conf", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/im/firecracker-probes.d/probe_db.conf", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/onegate-proxy.conf", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/vmm/lxc/lxcrc", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/vmm/lxd/lxdrc", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/vmm/firecracker/firecrackerrc", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/vmm/vcenter/vcenterrc", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/vnm/OpenNebulaNetwork.conf", ConfigFormat.Yaml),
        new("/var/lib/one/remotes/etc/onebex/onebex-server.conf", ConfigFormat.Yaml, Since: Seven),
        new("/var/lib/one/remotes/vnm/OpenNebulaNetwork.conf", ConfigFormat.Yaml),

        // Yaml::Strict
        new("/etc/one/auth/ldap_auth.conf", ConfigFormat.YamlStrict),
        new("/etc/one/auth/saml_auth.conf", ConfigFormat.YamlStrict, Since: Seven),
        new("/etc/one/cli/*.yaml", ConfigFormat.YamlStrict),
        new("/etc/one/schedulers/one_drs.conf", ConfigFormat.YamlStrict, Since: Seven),
        new("/etc/one/sunstone-logos.yaml", ConfigFormat.YamlStrict),

        // Simple
        new("/etc/one/vcenter_driver.default", ConfigFormat.Text),
        new("/etc/one/ec2_driver.default", ConfigFormat.Text),
        new("/etc/one/az_driver.default", ConfigFormat.Text),
        new("/etc/one/packet_driver.default", ConfigFormat.Text),
        new("/etc/one/ec2query_templates/*.erb", ConfigFormat.Text),
        new("/var/lib/one/remotes/etc/vmm/lxc/profiles/*", ConfigFormat.Text),
    ];
}
