namespace OneEdge.OpenNebula.Tests.Rpc;

/// <summary>Which object an error is about.</summary>
public sealed class ErrorMessageTests
{
    [Theory]
    [InlineData("[one.vm.deploy] Error getting host [4242].", OpenNebulaObjectKind.Host, 4242)]
    [InlineData("[one.vm.info] Error getting virtual machine [0].", OpenNebulaObjectKind.VirtualMachine, 0)]
    [InlineData("[one.template.info] Error getting virtual machine template [4].", OpenNebulaObjectKind.Template, 4)]
    [InlineData("[one.x] Error getting virtual network template [1].", OpenNebulaObjectKind.VirtualNetworkTemplate, 1)]
    [InlineData("[one.image.delete] User [2] : Not authorized to perform MANAGE IMAGE [3].", OpenNebulaObjectKind.Image, 3)]
    [InlineData(
        "[one.host.allocate] User [2] : Not authorized to perform CREATE HOST; Not authorized to perform ADMIN CLUSTER [0].",
        OpenNebulaObjectKind.Host, null)]
    [InlineData("[one.document.delete] User [0] : DOCUMENT is locked. [3].", OpenNebulaObjectKind.Document, 3)]
    [InlineData("[one.vm.action] The resource virtual machine is locked. [9].", OpenNebulaObjectKind.VirtualMachine, 9)]
    [InlineData("[one.image.allocate] Error allocating a new image. NAME is already taken by IMAGE 5.", OpenNebulaObjectKind.Image, null)]
    [InlineData("[one.market.allocate] NAME is already taken by MARKETPLACE 101", OpenNebulaObjectKind.Marketplace, 101)]
    [InlineData("[one.host.status] Wrong status code", null, null)]
    [InlineData("[one.x] Error getting spaceship [1].", null, null)]
    public void Object_is_found_where_the_message_names_it(string message, OpenNebulaObjectKind? kind, int? id) =>
        Assert.Equal((kind, id), ErrorMessage.FindObject(message));

    [Theory]
    [InlineData(77, OpenNebulaErrorKind.Other, OpenNebulaErrorCodes.OtherServerError)]
    [InlineData(0, OpenNebulaErrorKind.Other, OpenNebulaErrorCodes.OtherServerError)]
    [InlineData(65536, OpenNebulaErrorKind.Replication, OpenNebulaErrorCodes.Replication)]
    [InlineData(32768, OpenNebulaErrorKind.Locked, OpenNebulaErrorCodes.Locked)]
    [InlineData(-506, OpenNebulaErrorKind.NoSuchMethod, OpenNebulaErrorCodes.NoSuchMethod)]
    public void Number_of_the_server_gives_kind_and_code(int number, OpenNebulaErrorKind kind, string code)
    {
        var error = new OpenNebulaCallException("one.vm.info", number, "text");
        Assert.Equal((kind, code, number), (error.Kind, error.Code, error.ServerCode));
    }

    [Fact]
    public void Id_of_the_answer_counts_before_that_of_the_message() =>
        Assert.Equal(8, new OpenNebulaCallException("one.vm.info", 1024, "[one.vm.info] Error getting virtual machine [7].", 8).ObjectId);

    [Theory]
    [InlineData("one.vmpool.infoextended", true)]
    [InlineData("one.vm.info", true)]
    [InlineData("system.listMethods", true)]
    [InlineData("one.vmpool.calculateshowback", false)]
    [InlineData("one.vm.action", false)]
    [InlineData("one.system.sql", false)]
    [InlineData("system.multicall", false)]
    public void Reads_are_told_by_their_name(string method, bool isRead) => Assert.Equal(isRead, new OpenNebulaCall(method).IsRead);
}
