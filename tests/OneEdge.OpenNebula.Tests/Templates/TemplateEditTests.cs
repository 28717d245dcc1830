using OneEdge.Text;

namespace OneEdge.OpenNebula.Tests.Templates;

public sealed class TemplateEditTests
{
    private const string Machine = "# A machine\nNAME = vm   # its name\nCPU=\"1\"\n\n"
        + "DISK = [\n  IMAGE_ID = 5, # the system\n  SIZE = \"10\" ]\nDISK = [ IMAGE_ID = 6 ]\n";

    [Fact]
    public void New_value_takes_the_place_of_the_old_one() =>
        Assert.Equal(Machine.Replace("= vm", "= \"a \\\"b\\\"\"", StringComparison.Ordinal),
            OpenNebulaTemplate.Parse(Machine).With("name", "a \"b\"").ToString());

    [Fact]
    public void New_attribute_comes_at_the_end() =>
        Assert.Equal(Machine + "MEMORY = \"64\"\n", OpenNebulaTemplate.Parse(Machine).With("memory", "64").ToString());

    [Fact]
    public void New_vector_has_a_line_for_each_value() =>
        Assert.Equal("A=1\nNIC = [\n  NETWORK = \"n\",\n  IP = \"1.2.3.4\" ]",
            OpenNebulaTemplate.Parse("A=1").AddVector("NIC", ("NETWORK", "n"), ("IP", "1.2.3.4")).ToString());

    [Fact]
    public void Name_with_several_attributes_keeps_the_first_place() =>
        Assert.Equal(
            Machine[..Machine.IndexOf("DISK", StringComparison.Ordinal)] + "DISK = [ IMAGE_ID = \"7\" ]\n",
            OpenNebulaTemplate.Parse(Machine).WithVector("DISK", ("IMAGE_ID", "7")).ToString());

    [Fact]
    public void Attribute_goes_with_its_line_and_comment() =>
        Assert.Equal(Machine.Replace("NAME = vm   # its name\n", "", StringComparison.Ordinal), OpenNebulaTemplate.Parse(Machine).Without("NAME").ToString());

    [Theory]
    [InlineData("A=1 B=2 C=3\n", "A", "B=2 C=3\n")]
    [InlineData("A=1 B=2 C=3\n", "B", "A=1 C=3\n")]
    [InlineData("A=1 B=2 C=3\n", "C", "A=1 B=2\n")]
    [InlineData("A=1\r\nB=2\r\n", "B", "A=1\r\n")]
    [InlineData("A=\nB=2", "A", "B=2")]
    [InlineData("A=1\nB=2", "B", "A=1\n")]
    public void Only_the_attribute_goes_from_a_line_with_others(string text, string name, string expected) =>
        Assert.Equal(expected, OpenNebulaTemplate.Parse(text).Without(name).ToString());

    [Theory]
    [InlineData("SIZE", "20", "SIZE = \"10\"", "SIZE = \"20\"")]
    [InlineData("image_id", "7", "IMAGE_ID = 5,", "IMAGE_ID = \"7\",")]
    [InlineData("DEV", "vda", "SIZE = \"10\" ]", "SIZE = \"10\",\n  DEV = \"vda\" ]")]
    public void Value_of_a_vector_is_set_in_its_place(string item, string value, string old, string now) =>
        Assert.Equal(Machine.Replace(old, now, StringComparison.Ordinal), OpenNebulaTemplate.Parse(Machine).WithItem("disk", item, value).ToString());

    [Theory]
    [InlineData("V = [ A = 1, B = 2, C = 3 ]", "A", "V = [ B = 2, C = 3 ]")]
    [InlineData("V = [ A = 1, B = 2, C = 3 ]", "B", "V = [ A = 1, C = 3 ]")]
    [InlineData("V = [ A = 1, B = 2, C = 3 ]", "C", "V = [ A = 1, B = 2 ]")]
    [InlineData("V = [ A = 1, a = 2, B = 3, A = 4 ]", "A", "V = [ B = 3 ]")]
    [InlineData("V = [ A = 1 ]", "A", "V = [  ]")]
    [InlineData("V = [ A = 1 ]", "X", "V = [ A = 1 ]")]
    public void Value_of_a_vector_goes_with_its_comma(string text, string item, string expected) =>
        Assert.Equal(expected, OpenNebulaTemplate.Parse(text).WithoutItem("V", item).ToString());

    [Fact]
    public void Change_that_changes_nothing_gives_the_same_template()
    {
        OpenNebulaTemplate template = OpenNebulaTemplate.Parse(Machine);
        Assert.Same(template, template.With("NAME", "vm"));
        Assert.Same(template, template.Without("NOTHING"));
        Assert.Same(template, template.WithItem("DISK", "SIZE", "10"));
    }

    [Theory]
    [InlineData("C:\\", "backslash")]
    [InlineData("a]]>b", "]]>")]
    [InlineData("a\rb", "carriage return")]
    [InlineData("a\0b", "XML")]
    public void Value_that_would_arrive_as_something_else_is_refused(string value, string reason)
    {
        OpenNebulaTemplate template = OpenNebulaTemplate.Parse(Machine);
        Action[] writers =
        [
            () => template.With("NAME", value), () => template.Add("NAME", value), () => template.WithItem("DISK", "SIZE", value),
            () => template.WithVector("DISK", ("SIZE", value)),
            () => new OpenNebulaTemplateBuilder().Add("PATH", value).AddVector("V", ("PATH", value)),
        ];
        Assert.All(writers, write =>
        {
            OpenNebulaException error = Assert.Throws<OpenNebulaException>(write);
            Assert.Equal(OpenNebulaErrorCodes.TemplateUnwritable, error.Code);
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused() => Assert.Throws<OpenNebulaException>(() => OpenNebulaTemplate.Empty.With("A", "x\uD800y"));

    [Theory]
    [InlineData("")]
    [InlineData("A-B")]
    [InlineData("A B")]
    [InlineData("\u00e9")]
    public void Name_that_is_none_is_refused(string name)
    {
        Assert.Throws<OpenNebulaException>(() => OpenNebulaTemplate.Empty.With(name, "1"));
        Assert.Throws<OpenNebulaException>(() => OpenNebulaTemplate.Empty.WithVector("V", (name, "1")));
    }

    [Fact]
    public void Name_in_a_vector_that_starts_with_a_digit_is_refused() =>
        Assert.Throws<OpenNebulaException>(() => OpenNebulaTemplate.Empty.WithVector("V", ("1A", "1")));

    [Fact]
    public void Quotes_that_would_close_another_value_are_refused()
    {
        OpenNebulaTemplate template = OpenNebulaTemplate.Parse("A=\"x");
        OpenNebulaException error = Assert.Throws<OpenNebulaException>(() => template.With("B", "y"));
        Assert.Equal(OpenNebulaErrorCodes.TemplateUnwritable, error.Code);
        Assert.Equal("A=\"z\"\nB = \"y\"", template.With("A", "z").With("B", "y").ToString());
    }

    [Fact]
    public void Attribute_shows_no_value()
    {
        Assert.Equal("PASSWORD", TemplateAttribute.Create("PASSWORD", "secret").ToString());
        Assert.Equal("CONTEXT [TOKEN]", TemplateAttribute.CreateVector("CONTEXT", ("TOKEN", "secret")).ToString());
    }

    [Fact]
    public void Mark_at_the_start_stays() =>
        Assert.Equal("\uFEFFB = \"2\"\n", OpenNebulaTemplate.Parse(SourceText.From("\uFEFFA=1\n")).Without("A").Add("B", "2").ToString());
}
