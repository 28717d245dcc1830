using OneEdge.Testing;

namespace OneEdge.Host.Tests;

/// <summary>A small installation in a temporary directory.</summary>
internal sealed class Installation : IDisposable
{
    public const string Oned = """
        # front-end
        PORT = 2633  # clients

        DB = [ BACKEND = "sqlite",
               PASSWD  = "hush-hush" ]

        VM_RESTRICTED_ATTR = "NIC/MAC"
        VM_RESTRICTED_ATTR = "CPU_COST"

        """;

    public const string Onevm = """
        ---
        :ID:
          :size: 6   # columns
        :default:
        - :ID

        """;

    public const string Kvmrc = """
        # hypervisor
        export LIBVIRT_URI=qemu:///system
        SHUTDOWN_TIMEOUT=180

        """;

    private readonly TemporaryDirectory _directory = new();

    public Installation(string? oned = null, string? kvmrc = null)
    {
        _directory.Write("etc/one/oned.conf", oned ?? Oned);
        _directory.Write("etc/one/cli/onevm.yaml", Onevm);
        _directory.Write("var/lib/one/remotes/etc/vmm/kvm/kvmrc", kvmrc ?? Kvmrc);
    }

    public string Root => _directory.Path;

    public string OnedFile => _directory["etc/one/oned.conf"];

    public string this[string relative] => _directory[relative];

    public string Read(string relative) => File.ReadAllText(_directory[relative]);

    public string Write(string relative, string content) => _directory.Write(relative, content);

    public void Dispose() => _directory.Dispose();
}
