using System.Net.Sockets;

namespace OneEdge.Config.Tests.Trees;

/// <summary>Puts something else in the place of a file.</summary>
internal static class Saboteur
{
    public const long SparseLength = 1L << 30;

    public static readonly string[] Kinds = ["pipe", "socket", "device", "directory", "loop", "link-out", "link-in", "sparse"];

    /// <summary>What the error has to say about each kind.</summary>
    public static string Reason(string kind) => kind switch
    {
        "loop" or "link-out" or "link-in" => "symbolic link",
        "sparse" => "67108864 bytes",
        "directory" => "directory",
        _ => kind,
    };

    /// <summary>Replaces a file.</summary>
    public static void Replace(FaultTree tree, string name, string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Special files are made on Linux.");
        string path = tree[name];
        File.Delete(path);
        switch (kind)
        {
            case "pipe":
                Assert.Equal(0, FaultTree.Run("mkfifo", path).ExitCode);
                break;
            case "socket":
                // The name of a socket has to be short, the path of a test is not.
                string near = Path.Join(Path.GetTempPath(), $"oneedge-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
                using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
                {
                    socket.Bind(new UnixDomainSocketEndPoint(near));
                    File.Move(near, path);
                }

                break;
            case "device":
                Assert.SkipUnless(FaultTree.Run("mknod", path, "c", "1", "5").ExitCode == 0, "Only root can make a device.");
                break;
            case "directory":
                Directory.CreateDirectory(path);
                break;
            case "sparse":
                using (FileStream file = File.Create(path)) file.SetLength(SparseLength);
                break;
            default:
                File.CreateSymbolicLink(
                    path,
                    kind == "loop" ? Path.GetFileName(path) : kind == "link-in" ? tree["/etc/one/other.conf"] : tree.Outside("target", SampleTree.OnedText));
                break;
        }
    }
}
