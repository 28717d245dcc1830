using OneEdge.Host.Tm;
using OneEdge.Storage;
using OneEdge.Storage.Replicas;
using OneEdge.Testing;

namespace OneEdge.Host.Tests.Tm;

public sealed class ProtocolTests
{
    [Fact]
    public void Failure_of_a_script_on_a_host_is_told_as_the_original_tells_it()
    {
        var error = new HostException(StorageErrorCodes.HostCommand, "h1", "remove /a", 3, "rm: no\nway\u001b[31m\n");
        Assert.Equal(
            ["ERROR: delete: Command \"remove /a\" failed on h1: rm: no; way\\u001b[31m", "Error deleting h1:/a"],
            ProtocolText.Failure("delete", ProtocolText.Message("delete", ["h1:/a", "7"]), error, hasMarks: false));
        Assert.Equal(3, ProtocolText.ExitCodeOf(error));
    }

    [Fact]
    public void Marks_stand_around_the_message_with_its_reason_on_lines_of_their_own()
    {
        var error = new StorageException("OES0502", "no\nERROR MESSAGE ------>8--");
        IReadOnlyList<string> lines = ProtocolText.Failure("clone", "Error copying\na", error, hasMarks: true);
        Assert.Equal(
            [
                "ERROR: clone: OES0502: no; ERROR MESSAGE ------>8--", "ERROR MESSAGE --8<------",
                "Error copying; a: OES0502: no; ERROR MESSAGE ------>8--", "ERROR MESSAGE ------>8--",
            ],
            lines);
    }

    [Fact]
    public void Exit_codes_are_those_of_the_original()
    {
        Assert.Equal(255, ProtocolText.ExitCodeOf(new HostException(StorageErrorCodes.HostUnreachable, "h1", "look", 255, "")));
        Assert.Equal(255, ProtocolText.ExitCodeOf(new HostException(StorageErrorCodes.HostCommand, "h1", "look", null, "")));
        Assert.Equal(254, ProtocolText.ExitCodeOf(new StorageException(StorageErrorCodes.ReplicaLockTimeout, "late")));
        Assert.Equal(1, ProtocolText.ExitCodeOf(new StorageException(StorageErrorCodes.TransferRefused, "no")));
        Assert.Equal(1, ProtocolText.ExitCodeOf(new InvalidOperationException("oh")));
    }

    [Theory]
    [InlineData("CLONE", "clone", 2)]
    [InlineData("clone.ssh", "clone", 2)]
    [InlineData("ln.replica", "ln", 2)]
    [InlineData("CPDS.ssh", "cpds", 3)]
    [InlineData("delete", "delete", 1)]
    public void Action_is_found_by_the_name_of_its_script(string name, string expected, int vmAt)
    {
        TmAction action = TmAction.Find(name)!;
        Assert.Equal((expected, vmAt), (action.Name, action.VmAt));
    }

    [Fact]
    public void Arguments_name_machine_datastore_and_host()
    {
        TmAction clone = TmAction.Find("clone")!;
        string[] words = ["fe:/a", "h1:/b:c/disk.0", "7", "1"];
        Assert.Equal((7, 1, "h1"), (clone.VmId(words), clone.DatastoreId(words), clone.DestinationHost(words)));
        Assert.Null(clone.VmId(["fe:/a", "h1:/b", "-7"]));
        Assert.Null(clone.VmId(["fe:/a"]));
        Assert.Null(TmAction.Find("delete")!.DestinationHost(words));
    }

    [Fact]
    public void Every_action_of_the_library_has_its_place_of_the_machine()
    {
        // The driver refuses a machine that is not that of the document, so that a wrong place does not get past it.
        var driver = new TransferManager(new SshHosts(new LocalHost("fe")), new TransferSettings { FrontEnd = "fe" }, new FileTransferJournal("/nowhere"));
        foreach (TmAction action in TmAction.Planned)
        {
            string[] words = action.Name switch
            {
                "cpds" => ["h:/a/disk.0", "fe:/b", "-1", "7", "1"],
                "mkimage" => ["10", "raw", "h:/a/disk.0", "7", "1"],
                "mkswap" => ["10", "h:/a/disk.0", "7", "1"],
                "delete" => ["h:/a/disk.0", "7", "1"],
                "premigrate" or "postmigrate" => ["h1", "h2", "/a", "7", "1"],
                "clone" or "ln" or "mv" or "mvds" => ["fe:/a", "h:/b/disk.0", "7", "1"],
                _ => ["h:/a/disk.0", "3", "7", "1"],
            };
            TransferRequest request = driver.Parse(action.Name, words, new TransferFacts(new VmFacts(action.VmId(words)!.Value)));
            Assert.Equal(action.DatastoreId(words), request.DatastoreId);
        }

        Assert.Equal(Enum.GetValues<TransferAction>().Length, TmAction.Planned.Count + 1);
    }

    [Theory]
    [InlineData("ceph", true)]
    [InlineData("my_driver-2.x", true)]
    [InlineData("", false)]
    [InlineData("..", false)]
    [InlineData("../../tmp", false)]
    [InlineData("a b", false)]
    [InlineData("-x", false)]
    public void Driver_of_a_disk_is_the_name_of_a_directory(string name, bool isName) => Assert.Equal(isName, OtherDrivers.IsName(name));

    [Fact]
    public void File_systems_are_those_of_the_configuration()
    {
        TransferSettings settings = FileSystemSettings.Apply(
            new TransferSettings { FrontEnd = "fe" },
            "# a comment\nSUPPORTED_FS=\"ext4, xfs\"\nFS_OPTS_ext4=\"-O ^64bit  -m 0\"\nFS_OPTS_xfs=''\n", "datastore.conf");
        Assert.Equal(["ext4", "xfs"], settings.SupportedFileSystems);
        Assert.Equal(["-O", "^64bit", "-m", "0"], settings.FileSystemArguments["ext4"]);
        Assert.Empty(settings.FileSystemArguments["xfs"]);
    }

    [Fact]
    public void Stock_configuration_of_every_release_is_read()
    {
        (string File, string Name)[] files = [.. RealFiles.Stock().Where(item => item.Name.EndsWith("/datastore/datastore.conf", StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        foreach ((string file, _) in files)
            Assert.Contains("ext4", FileSystemSettings.Apply(new TransferSettings { FrontEnd = "fe" }, File.ReadAllText(file), file).SupportedFileSystems);
    }

    [Theory]
    [InlineData("<X><DATASTORE_LOCATION>/a/b</DATASTORE_LOCATION></X>", "/a/b")]
    [InlineData("<X><Y><DATASTORE_LOCATION>/no</DATASTORE_LOCATION></Y><DATASTORE_LOCATION><![CDATA[ /a ]]></DATASTORE_LOCATION></X>", "/a")]
    [InlineData("<X><DATASTORE_LOCATION></DATASTORE_LOCATION></X>", null)]
    [InlineData("<X><DATASTORE_LOCATION>a</DATASTORE_LOCATION></X>", null)]
    [InlineData("<X/>", null)]
    [InlineData("", null)]
    [InlineData("<X><DATASTORE_LOC", null)]
    public void Probe_reads_where_the_datastores_are(string document, string? location) => Assert.Equal(location, ProbeCommand.Location(document));
}
